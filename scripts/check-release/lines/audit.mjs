import { pnpm, run } from "@atlas-streams/consumers/src/run.mjs";
import { root } from "../../compare/places.mjs";

const what = "audit: known holes in what users install";

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  async measure() {
    const { stdout, output } = await run(...pnpm("audit", "--prod", "--json"), { cwd: root });
    const count = holesIn(stdout);
    if (count === undefined) {
      const [, status] = /responded with (\d+)/.exec(output) ?? [];
      const unchecked = `The registry that npm is set up with does not answer audits${status ? ` (${status})` : ""}.`;
      return { what, figure: "no answer", limit: "none", holds: false, unchecked };
    }
    return { what, figure: String(count), limit: "none", holds: count === 0, complaint: stdout.slice(0, 4000) };
  },
};

/**
 * How many holes an audit tells of; `undefined` where it is no audit.
 * @param {string} audit
 */
export function holesIn(audit) {
  if (!audit.startsWith("{")) return undefined;
  const counts = Object.values(JSON.parse(audit).metadata?.vulnerabilities ?? {});
  const count = counts.reduce((sum, one) => sum + one, 0);
  return counts.length > 0 && Number.isInteger(count) ? Number(count) : undefined;
}
