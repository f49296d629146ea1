import { checkPlaces } from "@atlas-streams/consumers/src/editor/check-places.mjs";
import { versions } from "@atlas-streams/consumers/src/editor/open-editor.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  async measure() {
    const { looked, wrong } = await checkPlaces();
    return {
      what: "editor: completions and hovers, TypeScript 5.4 to 7",
      figure: `${looked - wrong.length} of ${looked} places`,
      limit: "all, 20 or more in each",
      holds: wrong.length === 0 && looked >= 20 * versions.length,
      complaint: wrong.join("\n"),
    };
  },
};
