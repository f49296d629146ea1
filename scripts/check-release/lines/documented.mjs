import { undocumentedOf } from "@atlas-streams/consumers/src/documented.mjs";
import { root } from "../../compare/places.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  measure() {
    const missing = ["client", "mock"].flatMap((name) => undocumentedOf(`${root}packages/${name}/dist/index.d.ts`));
    return {
      what: "documentation: exports and fields of client and mock without any",
      figure: String(missing.length),
      limit: "none",
      holds: missing.length === 0,
      complaint: missing.join("\n"),
    };
  },
};
