import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRegistry } from "@atlas-streams/consumers/src/registry/registry.mjs";
import { rehearse } from "../../release/rehearse.mjs";

/** What may be in a package: nothing that asks its users to publish their own code. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
]);

/** @type {import("../check.js").Check} */
export default {
  isQuick: false,
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), "rehearsal-"));
    const registry = await startRegistry(folder);
    try {
      const { published, bills } = await rehearse(folder, registry);
      const components = bills.flatMap((bill) => bill.components);
      const strangers = components.filter(
        (component) => !licencesOf(component).some((licence) => allowed.has(licence)),
      );
      const inAll = bills.filter((bill) => bill.components.length > 0).length;
      return [
        {
          what: "releasing: published to a registry on this machine, from a fresh clone",
          figure: `${published} packages`,
          limit: "6",
          holds: published === 6,
        },
        {
          what: "bills of materials, what is bundled among it",
          figure: `${inAll} with ${components.length} components`,
          limit: "6",
          holds: inAll === 6,
        },
        {
          what: "licences of what users install, or is bundled",
          figure: `${strangers.length} not allowed`,
          limit: "none",
          holds: strangers.length === 0,
          complaint: strangers
            .map(({ name, version, licenses }) => `${name} ${version} ${JSON.stringify(licenses)}`)
            .join("\n"),
        },
      ];
    } finally {
      await registry.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/**
 * The licences of which one may be chosen.
 * @param {import("../../release/bill-of-materials.mjs").Component} component
 */
function licencesOf({ licenses = [] }) {
  const said = licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? "");
  return said.flatMap((one) => one.replaceAll(/[()]/g, "").split(" OR "));
}
