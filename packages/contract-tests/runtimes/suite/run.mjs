// Runs the cases one after the other, on any runtime.
import { credentials } from "./credentials.mjs";
import { errors } from "./errors.mjs";
import { network } from "./network.mjs";
import { operations } from "./operations.mjs";
import { makePlace } from "./place.mjs";
import { telling } from "./telling.mjs";

/** @typedef {import("./place.mjs").Place} Place */
/** @typedef {(place: Place) => Promise<void>} Case a title is a sentence, or a situation in which the client is honest */
/** @typedef {{ readonly [title: string]: Case }} Cases */
/** @typedef {{ readonly title: string, readonly ms: number, readonly complaint?: string }} Outcome */

/** @type {Cases} */
const cases = { ...operations, ...errors, ...network, ...credentials, ...telling };
const longestMs = 15_000;

/**
 * @param {import("./place.mjs").Servers} servers @param {import("./place.mjs").Runtime} runtime
 * @returns {Promise<Outcome[]>}
 */
export async function run(servers, runtime) {
  const place = await makePlace(servers, runtime);
  const outcomes = [];
  for (const [title, run] of Object.entries(cases)) {
    const startedAt = Date.now();
    const complaint = await inTime(runOne(place, run));
    outcomes.push({ title, ms: Date.now() - startedAt, ...(complaint !== undefined && { complaint }) });
  }
  return outcomes;
}

/** @param {Place} place @param {Case} run */
async function runOne(place, run) {
  await place.control("POST", "reset");
  await place.control("DELETE", "logins");
  await place.control("PUT", "state", []);
  await place.control("DELETE", "requests");
  await run(place);
}

/** @param {Promise<void>} running @returns {Promise<string | undefined>} */
async function inTime(running) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took more than ${longestMs} ms.`)), longestMs);
  });
  return Promise.race([running, late])
    .then(
      () => undefined,
      (/** @type {unknown} */ error) => String(error),
    )
    .finally(() => clearTimeout(timer));
}
