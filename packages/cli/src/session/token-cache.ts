import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment, TokenStore } from "@atlas-streams/client";
import { fileTokenStore } from "@atlas-streams/client/token-file";
import type { Screen } from "../terminal/terminal.js";
import { printable } from "../terminal/text.js";

/** Where tokens are kept between commands. */
export function cacheDirectory({ XDG_CACHE_HOME, LOCALAPPDATA }: Environment): string {
  const base = XDG_CACHE_HOME || (process.platform === "win32" && LOCALAPPDATA) || join(homedir(), ".cache");
  return join(base, "atlas-streams", "tokens");
}

/** The store of tokens between commands. Where it cannot be used, this command has a token of its own, and says so. */
export function openTokenCache(environment: Environment, screen: Screen): TokenStore {
  const directory = cacheDirectory(environment);
  const store = fileTokenStore({ directory });
  let isTold = false;
  const tell = (error: unknown) => {
    if (isTold) return;
    isTold = true;
    const why = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : "unknown");
    screen.write(
      `atlas-streams: The token cannot be kept in ${directory} (${printable(why)}), so this command logs in by itself. --no-cache does so without this line.\n`,
    );
  };
  return {
    async get(key) {
      try {
        return await store.get(key);
      } catch (error) {
        tell(error);
        return undefined;
      }
    },
    async set(key, token) {
      try {
        await store.set(key, token);
      } catch (error) {
        tell(error);
      }
    },
    async lock(key, work) {
      let isBegun = false;
      const begin = () => {
        isBegun = true;
        return work();
      };
      try {
        return await store.lock(key, begin);
      } catch (error) {
        if (isBegun) throw error; // the work's own
        tell(error);
        return work();
      }
    },
  };
}
