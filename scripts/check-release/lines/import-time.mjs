import { importTimes } from "@atlas-streams/bench/src/import-time.mjs";

const client = "@atlas-streams/client";
const most = 25;

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  measure() {
    const taken = importTimes([client]).get(client) ?? Number.NaN;
    return {
      what: "import: the client, in a fresh process",
      figure: `${taken.toFixed(1)} ms`,
      limit: `${most} ms`,
      holds: taken > 0 && taken <= most,
      complaint: "Median of 31, less a process that does nothing. On a machine that is busy, say so and measure again.",
    };
  },
};
