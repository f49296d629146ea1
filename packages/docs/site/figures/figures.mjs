// The pictures of the figures that `pnpm bench` wrote.
import { readFileSync } from "node:fs";
import { barFigure, rangeFigure } from "./draw.mjs";

/**
 * @typedef {{ requests: number, tokenRequests: number, countsUsedTwice: number }} Ledger
 * @typedef {{ name: string, lower: number, median: number, upper: number }} Ratio
 * @typedef {object} Figures
 * @property {string} date
 * @property {Record<string, string>} versions
 * @property {{ name: string, inTurn: Ledger, warm: Ledger, cold: Ledger }[]} digest
 * @property {{ name: string, cold: Ledger, inTurn: Ledger }[]} token
 * @property {{ ratios: Ratio[] }} inTurn
 * @property {{ ratios: Ratio[] }} parallel
 * @property {Record<string, number>} imports
 * @property {Record<string, { minified: number, gzipped: number }>} sizes
 */

/** @type {Figures} */
export const figures = JSON.parse(readFileSync(new URL("../../figures/bench.json", import.meta.url), "utf8"));

const own = "@atlas-streams/client";
export const isOurs = (/** @type {string} */ name) => name === own || name.startsWith("ours");
const bar = (/** @type {string} */ name, /** @type {number} */ value) => ({ name, value, isOurs: isOurs(name) });
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** What the first page shows. */
export function mainFigures() {
  const { token, digest, sizes } = figures;
  return [
    barFigure(
      "Token requests for 100 parallel calls",
      token.map(({ name, cold }) => bar(name, cold.tokenRequests)),
    ),
    barFigure(
      "Requests for 100 parallel calls with an API key",
      digest.map(({ name, cold }) => bar(name, cold.requests)),
    ),
    barFigure(
      "Size with all dependencies, gzipped",
      Object.entries(sizes).map(([name, { gzipped }]) => bar(name, gzipped)),
      kilobytes,
    ),
  ];
}

export function allFigures() {
  const { imports, inTurn, parallel } = figures;
  const ranges = (/** @type {Ratio[]} */ ratios) =>
    ratios.map(({ name, lower, median, upper }) => ({ name, lower, value: median, upper, isOurs: isOurs(name) }));
  return [
    ...mainFigures(),
    barFigure(
      "Time to import, ms",
      Object.entries(imports).map(([name, taken]) => bar(name, taken)),
      (taken) => taken.toFixed(0),
    ),
    rangeFigure("CPU time a call, one after the other; bare fetch is 1", ranges(inTurn.ratios)),
    rangeFigure("CPU time a call, side by side; bare fetch is 1", ranges(parallel.ratios)),
  ];
}
