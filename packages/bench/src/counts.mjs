// What can be counted exactly: requests, token requests, nonce counts.
import { contestants } from "./contestants.mjs";

/** How many calls each count is about. */
export const calls = 100;

/**
 * @typedef {import("./server.mjs").Ledger} Ledger
 * @typedef {{ name: string, inTurn: Ledger, warm: Ledger, cold: Ledger }} DigestCounts
 * @typedef {{ name: string, cold: Ledger, inTurn: Ledger }} TokenCounts
 */

/**
 * @param {import("./server-process.mjs").ServerProcess} server
 * @returns {Promise<DigestCounts[]>}
 */
export async function countDigest({ site, takeLedger }) {
  const counts = [];
  for (const { name, open } of contestants.filter(({ login }) => login === "digest")) {
    const one = await open(site);
    for (let sent = 0; sent < calls; sent++) await mustRead(one);
    const inTurn = await takeLedger();
    await mustRead(one);
    await takeLedger();
    await sideBySide(one);
    const warm = await takeLedger();
    await sideBySide(await open(site));
    counts.push({ name, inTurn, warm, cold: await takeLedger() });
  }
  return counts;
}

/**
 * @param {import("./server-process.mjs").ServerProcess} server
 * @returns {Promise<TokenCounts[]>}
 */
export async function countTokens({ site, takeLedger }) {
  const counts = [];
  for (const { name, open } of contestants.filter(({ login }) => login === "token")) {
    const one = await open(site);
    await sideBySide(one);
    const cold = await takeLedger();
    for (let sent = 0; sent < calls; sent++) await mustRead(one);
    counts.push({ name, cold, inTurn: await takeLedger() });
  }
  return counts;
}

/** @param {() => Promise<unknown>} call */
async function sideBySide(call) {
  await Promise.all(Array.from({ length: calls }, () => mustRead(call)));
}

/**
 * A count is worth nothing if the calls did not bring what they were to bring.
 * @param {() => Promise<unknown>} call
 */
export async function mustRead(call) {
  const connection = await call();
  if (typeof connection === "object" && connection !== null && "_id" in connection) return;
  throw new Error(`A call ended with ${JSON.stringify(connection)} instead of a connection.`);
}
