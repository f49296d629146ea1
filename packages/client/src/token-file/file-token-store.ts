import { createHash, randomBytes } from "node:crypto";
import { chmod, lstat, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoredToken, TokenStore } from "../auth/token-store.js";

/** Where tokens are kept. */
export interface FileTokenStoreOptions {
  /** A folder of this user's alone, on this machine; it is made where there is none. */
  readonly directory: string;
}

/** How long a lock outlives a holder that was killed, in milliseconds; one that lives renews it three times meanwhile. */
const staleMs = 6000;
const updateMs = 2000;
/** How long to wait for the lock, in steps of about a tenth of a second: longer than a login takes, and its retries. */
const lockRetries = { retries: 1200, factor: 1, minTimeout: 50, maxTimeout: 150, randomize: true };

/**
 * Keeps access tokens in files, so that the commands that one user runs on one machine share one token.
 *
 * The folder is for its owner alone (0700), and so are the files (0600): a token is as secret as a password. A file that
 * others can read, or that holds no token, counts as none. One process at a time fetches a token while the others wait
 * for it; where that process is killed, the next goes on after six seconds. The folder has to be on a disk of the machine
 * itself: over a network the times of files may lie.
 *
 * Calls fail with a `CredentialError` where the folder can be neither read nor made, or belongs to somebody else.
 *
 * @example
 * ```ts
 * import { createClient, serviceAccount } from "@atlas-streams/client";
 * import { fileTokenStore } from "@atlas-streams/client/token-file";
 *
 * const store = fileTokenStore({ directory: "/var/lib/my-job/tokens" });
 * const atlas = createClient({ auth: serviceAccount({ clientId, clientSecret, store }) });
 * ```
 */
export function fileTokenStore({ directory }: FileTokenStoreOptions): TokenStore {
  // The key may tell who the account is: the name of the file does not.
  const fileOf = (key: string) =>
    join(directory, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  return {
    async get(key) {
      const file = fileOf(key);
      if (!(await isOwn(directory)) || !(await isOwn(file))) return undefined;
      return parseToken(await readFile(file, "utf8"));
    },
    async set(key, token) {
      await makeOwn(directory);
      await replace(fileOf(key), JSON.stringify(token));
    },
    async lock(key, work) {
      await makeOwn(directory);
      // Only a command that needs a new token pays for it.
      const { default: lockfile } = await import("proper-lockfile");
      const release = await lockfile.lock(fileOf(key), {
        realpath: false,
        stale: staleMs,
        update: updateMs,
        retries: lockRetries,
        // Somebody took it over because this process was asleep for long: then there are two tokens, which harms nobody.
        onCompromised: () => {},
      });
      try {
        return await work();
      } finally {
        await release().catch(() => undefined); // it was taken over, or goes stale by itself
      }
    },
  };
}

const othersMay = 0o077;

/** Whether it is there, is this user's, and closed to others. */
async function isOwn(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (!found || found.isSymbolicLink()) return false;
  return process.platform === "win32" || (found.uid === process.getuid?.() && (found.mode & othersMay) === 0);
}

async function makeOwn(directory: string): Promise<void> {
  await makeFolder(directory);
  if (process.platform === "win32") return;
  const { mode, uid } = await stat(directory);
  if (uid !== process.getuid?.()) throw new Error(`${directory} belongs to another user.`);
  if (mode & othersMay) await chmod(directory, 0o700);
}

/** Step by step, since Node's own way of making all of them says ENOENT whatever is wrong. */
async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  });
}

/** Whoever reads it meanwhile sees the old content or the new one. */
async function replace(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, content, { mode: 0o600, flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
}

function parseToken(text: string): StoredToken | undefined {
  try {
    return (JSON.parse(text) as StoredToken | null) ?? undefined;
  } catch {
    return undefined; // half a file is none
  }
}
