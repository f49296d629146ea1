import { runScript } from "../run-script.mjs";

const least = { lines: 90, branches: 85 };

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  measure() {
    const words = ["node_modules/vitest/vitest.mjs", "run", "--coverage"];
    const { report, output } = runScript("packages/client", words, "reports/coverage/coverage-summary.json");
    return Object.entries(least).map(([what, limit]) => {
      const { pct, total } = report.total[what];
      return {
        what: `coverage: ${what} of the client that its own tests reach`,
        figure: `${pct} % of ${total}`,
        limit: `${limit} %`,
        holds: pct >= limit && total > 0,
        complaint: output,
      };
    });
  },
};
