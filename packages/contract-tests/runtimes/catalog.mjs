// The runtimes, by the npm package that each comes from, and what each of them has.

/**
 * @typedef {object} Listed
 * @property {string} name
 * @property {string} package with its version, as npm takes it
 * @property {"node" | "bun" | "deno" | "workerd"} start how it is started
 * @property {string} [date] of compatibility, for workerd
 * @property {readonly string[]} [flags] of compatibility, for workerd
 * @property {import("./suite/place.mjs").Runtime} has
 */

/** @type {import("./suite/place.mjs").Failure[]} */
const failures = ["refused", "no address", "certificate", "no TLS"];
const has = { hash: true, channels: true, environment: true, files: true, tells: true, fetchTells: failures };

/** @param {string} version @returns {Listed} */
function node(version) {
  return { name: `Node ${version}`, package: `node@${version}`, start: "node", has: { ...has, agent: "node" } };
}

const workerd = /** @type {const} */ ({ package: "workerd@1.20261117.1", start: "workerd" });
/** It loses the reason of a failure on its way, and has no files; its environment is given to the worker, not to the process. */
const worker = { ...has, agent: "cloudflare-workers", environment: false, files: false, tells: false, fetchTells: [] };

/** What runs this, from nowhere. @type {Listed} */
export const here = { ...node("here"), package: "" };

/** @type {readonly Listed[]} */
export const runtimes = [
  ...["20.0.0", "20.9.0", "20", "22", "24", "26"].map(node),
  { name: "Bun", package: "bun@1.4.5", start: "bun", has: { ...has, agent: "bun" } },
  {
    name: "Deno",
    package: "deno@2.9.6",
    start: "deno",
    has: { ...has, agent: "deno", fetchTells: [...failures, "reset"] },
  },
  { name: "workerd, nodejs_compat", ...workerd, date: "2026-11-01", flags: ["nodejs_compat"], has: worker },
  // Newer dates have Node's modules without being asked.
  { name: "workerd", ...workerd, date: "2024-01-01", has: { ...worker, hash: false, channels: false } },
];
