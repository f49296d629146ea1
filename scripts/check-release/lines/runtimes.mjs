import { runScript } from "../run-script.mjs";

/** @typedef {{ readonly runtime: string, readonly version: string, readonly passed: number, readonly failed: number }} Row */

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  measure() {
    const { report, output } = runScript("packages/contract-tests", ["runtimes/runtimes.mjs"], "reports/runtimes.json");
    const rows = /** @type {readonly Row[]} */ (report);
    const most = Math.max(...rows.map(({ passed, failed }) => passed + failed));
    return rows.map(({ runtime, version, passed }) => ({
      what: `runtimes: the suite on ${runtime}`,
      figure: `${passed} passed (${version})`,
      limit: `${most}, all`,
      holds: passed === most && passed > 0,
      complaint: output,
    }));
  },
};
