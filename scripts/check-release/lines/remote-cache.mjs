import { runScript } from "../run-script.mjs";

/** @typedef {{ readonly run: string, readonly wanted: number, readonly cached: number, readonly total: number }} Row */

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  measure() {
    const { report, output } = runScript("scripts", ["remote-cache.mjs"], "reports/remote-cache.json");
    const rows = /** @type {readonly Row[]} */ (report);
    return rows.map(({ run, wanted, cached, total }) => ({
      what: `remote cache, signed: ${run}`,
      figure: `${cached} of ${total} taken`,
      limit: `${wanted} of ${total}`,
      holds: cached === wanted && total > 0,
      complaint: output,
    }));
  },
};
