// What was set as a goal, and whether the run met it.
import { goal as mostOfFirst } from "./waiting-cost.mjs";

/** The most that a call of ours is to cost, as a ratio to bare `fetch`: in turn and in parallel. */
const ofCalls = {
  "ours, service account": [0.85, 1],
  "ours, digest": [1, 1.2],
  "ours, service account, over fetch": [1.2, 1.2],
  "ours, digest, over fetch": [1.2, 1.2],
};
/** From the start of a process to the first connection, as a ratio to bare `fetch`. */
const ofColdStart = 0.5;
/** As a ratio to importing `openapi-fetch`. */
const ofImport = 2.5;

/**
 * Each goal with its figure: a row of a table.
 * @param {Pick<import("./page.mjs").Results, "inTurn" | "parallel" | "coldStarts" | "imports" | "waits">} results
 * @returns {string[][]}
 */
export function goalRows({ inTurn, parallel, coldStarts, imports, waits }) {
  /** @param {import("./page.mjs").Results["inTurn"]} measured @param {string} name */
  const call = (measured, name) => measured.ratios.find((one) => one.name === name)?.median ?? Number.NaN;
  /** @param {string} name */
  const cold = (name) => coldStarts.find((one) => one.name === name)?.milliseconds ?? Number.NaN;
  const dearest = Math.max(...waits.map(({ microseconds }) => microseconds));
  const rows = Object.entries(ofCalls).flatMap(([name, [turn = 0, side = 0]]) => [
    row(`a call of ${name}, in turn`, call(inTurn, name), turn),
    row(`a call of ${name}, in parallel`, call(parallel, name), side),
  ]);
  return [
    ...rows,
    ...["ours, service account", "ours, digest"].map((name) =>
      row(`cold start of ${name}`, cold(name) / cold("fetch"), ofColdStart),
    ),
    row(
      "importing, as a ratio to `openapi-fetch`",
      (imports.get("@atlas-streams/client") ?? Number.NaN) / (imports.get("openapi-fetch") ?? Number.NaN),
      ofImport,
    ),
    row("the dearest wait, as a ratio to the first", dearest / (waits[0]?.microseconds ?? Number.NaN), mostOfFirst),
  ];
}

/**
 * @param {string} what
 * @param {number} figure
 * @param {number} most
 */
function row(what, figure, most) {
  return [what, most.toFixed(2), figure.toFixed(2), figure <= most ? "met" : "**missed**"];
}
