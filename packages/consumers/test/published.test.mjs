import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { brokenLinksOf, manifestOf, published, root } from "../src/published.mjs";

describe.each(published)("$name", ({ name, folder }) => {
  const manifest = manifestOf(folder);
  const readme = readFileSync(join(folder, "README.md"), "utf8");

  test("says what a registry shows and a package manager heeds", () => {
    expect(manifest).toMatchObject({
      name,
      description: expect.stringMatching(/\S/),
      license: "Apache-2.0",
      type: "module",
      sideEffects: false,
      engines: { node: ">=20" },
      publishConfig: { access: "public" },
      exports: { "./package.json": "./package.json" },
    });
    expect(manifest.keywords.length).toBeGreaterThan(3);
  });

  test("asks for ranges of what it depends on, so that two packages can share one copy", () => {
    for (const range of Object.values(manifest.dependencies ?? {})) expect(range).toMatch(/^(workspace:)?[\^~]/);
  });

  test("has a README that stands alone: how it is installed, and no link that leads out of the package", () => {
    expect(readme).toMatch(new RegExp(`^# ${name}\n`));
    expect(readme).toMatch(new RegExp(`npm install .*${name}`));
    expect(brokenLinksOf(folder)).toEqual([]);
  });

  test("has a README that names no file and no script of the repository, which is not there for whoever installs it", () => {
    expect(readme.match(/`(?:(?:src|test|packages|scripts|spec)\/|pnpm )[^`]*`/g) ?? []).toEqual([]);
  });

  test("is not packed by npm, which would leave workspace: in it", () => {
    const { status, stderr } = spawnSync("npm", ["pack", "--dry-run"], { cwd: folder, encoding: "utf8" });
    expect(status).not.toBe(0);
    expect(stderr).toContain("is packed by pnpm and by nothing else");
  });
});

test.each(published.filter(({ folder }) => manifestOf(folder).main))(
  "$name says in one sentence what CommonJS can do with it",
  ({ name, folder }) => {
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    expect(readme).toMatch(/`require(\("[^"]+"\))?` works from Node 20\.19 and 22\.12 on/);
    expect(readme).toContain(`await import("${name}")`);
  },
);

test("the other packages of the workspace are private", () => {
  const names = published.map(({ name }) => name);
  for (const other of ["bench", "consumers", "contract-tests", "docs", "testing"]) {
    const manifest = manifestOf(join(root, "packages", other));
    expect(names).not.toContain(manifest.name);
    expect(manifest.private).toBe(true);
  }
});
