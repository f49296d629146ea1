import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const fromRoot = createRequire(join(root, "package.json"));
const biome = join(dirname(fromRoot.resolve("@biomejs/biome/package.json")), "bin/biome");

/** What the linter says of a file that would stand in a room and import a module. */
function complaintAbout(file: string, imported: string): string {
  const words = ["lint", `--stdin-file-path=packages/client/src/${file}`, "--colors=off"];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, ...words], {
    cwd: root,
    input: `import * as it from "${imported}";\nexport const that = it;\n`,
    encoding: "utf8",
  });
  return stdout + stderr;
}

describe("a file must not import what its room does not know", () => {
  test.each([
    ["transport/x.ts", "../auth/digest.js"],
    ["transport/x.ts", "../call/retry.js"],
    ["platform/x.ts", "../call/layer.js"],
    ["answer/x.ts", "../resources/paging.js"],
    ["call/x.ts", "../auth/digest.js"],
    ["auth/x.ts", "../transport/node.js"],
    ["raw/x.ts", "../raw.js"],
    ["raw.ts", "./resources/paging.js"],
    ["token-file/x.ts", "../call/clock.js"],
    ["resources/x.ts", "./stream-connections/stream-connections.js"],
    ["resources/stream-connections/x.ts", "../private-link-connections/project.js"],
    ["resources/stream-connections/x.ts", "../../client.js"],
    ["resources/private-link-connections/waiting/x.ts", "../../stream-connections/stream-connections.js"],
  ])("%s: %s", (file, imported) => {
    expect(complaintAbout(file, imported)).toContain("noRestrictedImports");
  });

  test.each(["call/x.ts", "auth/x.ts", "answer/x.ts", "transport/fetch.ts"])("%s: what only Node has", (file) => {
    expect(complaintAbout(file, "node:crypto")).toContain("noNodejsModules");
  });
});

test.each([
  ["transport/x.ts", "../call/layer.js"],
  ["resources/stream-connections/x.ts", "../../raw.js"],
  ["resources/private-link-connections/waiting/x.ts", "../../paging.js"],
  ["transport/node.ts", "node:http"],
])("a file imports what its room knows: %s: %s", (file, imported) => {
  expect(complaintAbout(file, imported)).not.toMatch(/noRestrictedImports|noNodejsModules/);
});
