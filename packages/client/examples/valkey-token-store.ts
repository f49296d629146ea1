// A fleet shares one access token through Valkey or Redis, and so stays under the service's limit of live tokens.
//
// Prerequisites: a server of either kind, and any client of it that fails, rather than waits, while the server is away:
//
//   const client = createClient({ url, disableOfflineQueue: true });              // of the package redis
//   client.on("error", console.error);
//   await client.connect();
//   const store = valkeyTokenStore((...command) => client.sendCommand(command));
//
//   const client = new Valkey(url, { maxRetriesPerRequest: 1 });                  // of iovalkey; ioredis is alike
//   const store = valkeyTokenStore((name, ...words) => client.call(name, ...words));
//
//   const atlas = createClient({ auth: serviceAccount({ clientId, clientSecret, store }) });
//
// What the server keeps is as secret as a password: let nobody read it, and go there by TLS.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { StoredToken, TokenStore } from "@atlas-streams/client";

/** Sends one command, and gives its reply. */
export type SendCommand = (name: string, ...words: string[]) => Promise<unknown>;

export interface ValkeyTokenStoreOptions {
  /** How long the lock outlives a holder that died, in milliseconds. A holder that lives renews it. @default 10000 */
  readonly lockMs?: number;
  /** How long to wait for the lock before giving up, in milliseconds. @default 60000 */
  readonly patienceMs?: number;
}

// Only the lock's own holder may renew or release it: whoever was too slow finds another's name there.
const renew = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("pexpire", KEYS[1], ARGV[2]) else return 0 end`;
const release = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) else return 0 end`;

const anHourMs = 3_600_000;
const aMonthMs = 30 * 24 * anHourMs;

export function valkeyTokenStore(
  send: SendCommand,
  { lockMs = 10_000, patienceMs = 60_000 }: ValkeyTokenStoreOptions = {},
): TokenStore {
  return {
    async get(key) {
      const text = await send("GET", key);
      try {
        return text ? (JSON.parse(String(text)) as StoredToken) : undefined;
      } catch {
        return undefined; // not a token: the client gets a new one and puts it there
      }
    },

    async set(key, token) {
      const lifetimeMs = (token.expiresAt ?? Date.now() + anHourMs) - Date.now();
      const keepMs = Math.min(Math.max(1, Math.round(lifetimeMs)), aMonthMs) || anHourMs;
      await send("SET", key, JSON.stringify(token), "PX", String(keepMs));
    },

    async lock(key, work) {
      const lock = `${key}:lock`;
      const holder = randomUUID();
      const until = Date.now() + patienceMs;
      while ((await send("SET", lock, holder, "NX", "PX", String(lockMs))) === null) {
        if (Date.now() >= until) throw new Error(`The lock ${lock} was not free within ${patienceMs} ms.`);
        await pause(20 + Math.random() * 80);
      }
      // Should a renewal fail, the lock runs out: at worst two processes then fetch a token each.
      const renewal = setInterval(() => {
        send("EVAL", renew, "1", lock, holder, String(lockMs)).catch(() => {});
      }, lockMs / 3);
      try {
        return await work();
      } finally {
        clearInterval(renewal);
        await send("EVAL", release, "1", lock, holder).catch(() => {}); // it runs out by itself
      }
    },
  };
}
