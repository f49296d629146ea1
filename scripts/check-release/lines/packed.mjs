import { lintPackages } from "@atlas-streams/consumers/src/lint-packages.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  async measure() {
    const { publint, attw } = await lintPackages();
    return [
      {
        what: "packed: publint, strict",
        figure: `${publint.length} complaints`,
        limit: "none",
        holds: publint.length === 0,
        complaint: publint.join("\n"),
      },
      {
        what: "packed: are the types wrong?",
        figure: `${attw.length} complaints`,
        limit: "none",
        holds: attw.length === 0,
        complaint: attw.join("\n"),
      },
    ];
  },
};
