import { runScript } from "../run-script.mjs";

/** @typedef {{ readonly room: string, readonly changes: number, readonly missed: number, readonly score: number }} Row */

const least = 85;

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  measure() {
    const { report, output } = runScript("packages/client", ["mutate.mjs"], "reports/mutation.json");
    const rows = /** @type {readonly Row[]} */ (report);
    return rows.map(({ room, changes, missed, score }) => ({
      what: `mutation: changes of ${room}/ that its tests notice`,
      figure: `${score} % of ${changes}`,
      limit: `${least} %`,
      holds: score >= least,
      complaint: `${missed} went unnoticed:\n${output}`,
    }));
  },
};
