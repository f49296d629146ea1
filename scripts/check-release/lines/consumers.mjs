import { runMatrix } from "@atlas-streams/consumers/src/matrix/matrix.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  async measure() {
    const results = await runMatrix(() => {});
    const failed = results.filter(({ works }) => !works);
    return {
      what: "consumers: installed from a registry, compiled, bundled, run",
      figure: `${results.length - failed.length} of ${results.length}`,
      limit: "all, 100 or more",
      holds: failed.length === 0 && results.length >= 100,
      complaint: failed.map(({ consumer, way, said }) => `${consumer}, ${way}: ${said.slice(0, 500)}`).join("\n"),
    };
  },
};
