import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRegistry } from "@atlas-streams/consumers/src/registry/registry.mjs";
import { rehearse } from "../../release/rehearse.mjs";

/** @typedef {Awaited<ReturnType<typeof import("../../release/bill-of-materials.mjs").billOfMaterials>>} Bill */

const packages = 6;
/** Those that have others' code in files of their own. */
const bundling = ["@atlas-streams/mock", "@atlas-streams/cli"];

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
      return linesOf(await rehearse(folder, registry));
    } finally {
      await registry.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/**
 * The lines that a rehearsal gives.
 * @param {{ published: number, bills: readonly Pick<Bill, "name" | "components" | "bundled">[] }} rehearsal
 */
export function linesOf({ published, bills }) {
  const components = bills.flatMap((bill) => bill.components);
  const strangers = components.filter((component) => !licencesOf(component).some((licence) => allowed.has(licence)));
  const inAll = bills.filter((bill) => bill.components.length > 0).length;
  const silent = bundling.filter((name) => !bills.some((bill) => bill.name === name && bill.bundled > 0));
  return [
    {
      what: "releasing: published to a registry on this machine, from a fresh clone",
      figure: `${published} packages`,
      limit: String(packages),
      holds: published === packages,
    },
    {
      what: "bills of materials, what is bundled among it",
      figure: `${inAll} with ${components.length} components`,
      limit: String(packages),
      holds: inAll === packages && silent.length === 0,
      complaint: silent.map((name) => `${name} does not tell what is bundled into it`).join("\n"),
    },
    {
      what: "licences of what users install, or is bundled",
      figure: `${strangers.length} of ${components.length} not allowed`,
      limit: "none",
      holds: components.length > 0 && strangers.length === 0,
      complaint: strangers
        .map(({ name, version, licenses }) => `${name} ${version} ${JSON.stringify(licenses)}`)
        .join("\n"),
    },
  ];
}

/**
 * The licences of which one may be chosen.
 * @param {import("../../release/bill-of-materials.mjs").Component} component
 */
function licencesOf({ licenses = [] }) {
  const said = licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? "");
  return said.flatMap((one) => one.replaceAll(/[()]/g, "").split(" OR "));
}
