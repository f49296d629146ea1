import { pnpm, run } from "@atlas-streams/consumers/src/run.mjs";
import { root } from "../../compare/places.mjs";

const what = "audit: known holes in what users install";

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  async measure() {
    const { stdout, output } = await run(...pnpm("audit", "--prod", "--json"), { cwd: root });
    const found = /^\{/.test(stdout) ? JSON.parse(stdout).metadata?.vulnerabilities : undefined;
    if (!found) {
      const [, status] = /responded with (\d+)/.exec(output) ?? [];
      const unchecked = `The registry that npm is set up with does not answer audits${status ? ` (${status})` : ""}.`;
      return { what, figure: "no answer", limit: "none", holds: false, unchecked };
    }
    const count = Object.values(found).reduce((sum, one) => sum + one, 0);
    return { what, figure: String(count), limit: "none", holds: count === 0, complaint: stdout.slice(0, 4000) };
  },
};
