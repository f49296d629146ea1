import { reportApi, reported } from "@atlas-streams/consumers/src/api-report.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  measure() {
    const changed = reported.map(({ folder }) => reportApi(folder)).filter(({ isSame }) => !isSame);
    return {
      what: "public API: as it is written down",
      figure: `${reported.length - changed.length} of ${reported.length} packages`,
      limit: "all",
      holds: changed.length === 0,
      complaint: `${changed.map(({ report }) => report).join(", ")} would be another. If that is meant: pnpm --filter @atlas-streams/consumers api, and a changeset.`,
    };
  },
};
