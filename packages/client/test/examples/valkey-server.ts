import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";

import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.js";

/** Valkey or Redis, whichever is installed; undefined where neither is. */
export const serverCommand = ["valkey-server", "redis-server"].find(
  (command) => spawnSync(command, ["--version"]).status === 0,
);

export interface ValkeyServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server of its own on a free port of this machine, which keeps nothing on the disk. */
export async function startServer(): Promise<ValkeyServer> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), "atlas-streams-valkey-"));
  const address = ["--bind", "127.0.0.1", "--port", String(port)];
  const server = spawn(serverCommand ?? "", [...address, "--save", "", "--appendonly", "no", "--dir", directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  for await (const chunk of server.stdout) if (/Ready to accept connections/.test(String(chunk))) break;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill("SIGKILL");
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
