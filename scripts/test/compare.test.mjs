import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../compare/places.mjs";
import { isMajor, sinceRelease } from "../compare/release.mjs";
import { compareSides } from "../compare/sides.mjs";

const folder = mkdtempSync(join(tmpdir(), "compare-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const answer = (/** @type {object} */ schema) => ({ 200: { description: "It", content: schema } });
const dated = (/** @type {string} */ date, /** @type {string} */ type) => ({
  [`application/vnd.things.${date}+json`]: { schema: { type: "object", properties: { size: { type } } } },
});
const description = {
  openapi: "3.0.3",
  info: { title: "Things", version: "1" },
  paths: {
    "/thing": {
      get: {
        operationId: "getThing",
        responses: answer({ ...dated("2024-01-01", "integer"), ...dated("2025-01-01", "string") }),
      },
    },
    "/other": { get: { operationId: "getOther", responses: answer(dated("2024-01-01", "integer")) } },
  },
};
const file = write("things.json", JSON.stringify(description));

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("two dates of one file are two versions of each operation, and what differs between them breaks", async () => {
  expect(await compareSides(`${file}@2024-06-01`, `${file}@2025-06-01`)).toEqual({
    level: "major",
    changes: [
      { level: "major", where: "getThing: answer 200: size", what: "is string, no longer integer" },
      { level: "minor", where: "getThing: answer 200", what: "is of version 2025-01-01, was 2024-01-01" },
    ],
  });
});

test("files for the generator are compared by the part that they ask for", async () => {
  const part = (/** @type {string} */ name, /** @type {string} */ ids) =>
    write(name, `description: ./things.json\noperations: { ids: [${ids}] }\n`);
  const { changes } = await compareSides(part("one.yaml", "getOther"), part("both.yaml", "getOther, getThing"));
  expect(changes).toEqual([{ level: "minor", where: "getThing", what: "is new: GET /thing" }]);
});

test("what is neither a file nor a revision is refused in one sentence", async () => {
  await expect(compareSides(file, "v99.98.97")).rejects.toThrow(
    "v99.98.97 is neither a file nor a revision of this repository",
  );
  await expect(compareSides(file, `${file}@yesterday`)).rejects.toThrow(
    'asOf is a date such as 2025-03-12, not "yesterday"',
  );
});

test("the command prints JSON and nothing else", () => {
  const script = fileURLToPath(new URL("../compare.mjs", import.meta.url));
  const { INIT_CWD, ...env } = process.env;
  const run = (/** @type {string[]} */ ...words) =>
    spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: "utf8", env });
  const { stdout, status } = run("things.json", "things.json", "--format", "json");
  expect([JSON.parse(stdout), status]).toEqual([{ level: "none", changes: [] }, 0]);
  const refused = run("things.json");
  expect([refused.stdout, refused.status]).toEqual(["", 1]);
  expect(refused.stderr).toBe("compare: OLD and NEW are needed; --help shows what they may be\n");
});

describe("a release", () => {
  const checkout = join(folder, "checkout");
  const git = (/** @type {string[]} */ ...words) =>
    execFileSync("git", ["-c", "user.name=Somebody", "-c", "user.email=somebody@things.example", ...words], {
      cwd: checkout,
    });
  const edit = (/** @type {string} */ name, /** @type {(text: string) => string} */ change) =>
    writeFileSync(join(checkout, "spec", name), change(readFileSync(join(checkout, "spec", name), "utf8")));

  cpSync(join(root, "spec"), join(checkout, "spec"), {
    recursive: true,
    filter: (path) => !/spec[\\/](node_modules|dist|reports|\.turbo)/.test(path),
  });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "All there is");

  test("that was never made cannot be broken", async () => {
    const { text, isBroken } = await sinceRelease(checkout);
    expect([text, isBroken]).toEqual(["There is no release yet, no tag such as v1.0.0: nothing can break.\n", false]);
  });

  test("is held by what does not break it, and fails what does until the version is a new major one", async () => {
    edit("package.json", (text) => text.replace(/"version": ".*?"/, '"version": "1.0.0"'));
    git("commit", "--quiet", "--all", "--message", "1.0.0");
    git("tag", "v1.0.0");
    expect(await sinceRelease(checkout)).toMatchObject({ text: "none since v1.0.0; version 1.0.0 allows it.\n" });

    edit("openapi.yaml", (text) => text.replace(/^ {2}\/api\/oauth\/revoke:\n.*\n/m, ""));
    const broken = await sinceRelease(checkout);
    expect(broken.isBroken).toBe(true);
    expect(broken.text).toBe(`major  revokeToken is gone: POST /api/oauth/revoke
This breaks callers of v1.0.0, but version 1.0.0 of spec/package.json is no new major version.
`);

    edit("package.json", (text) => text.replace("1.0.0", "2.0.0"));
    expect(await sinceRelease(checkout)).toMatchObject({ isBroken: false });
  });

  test.each([
    ["1.4.0", "2.0.0", true],
    ["1.4.0", "1.5.0", false],
    ["0.1.0", "0.2.0", true],
    ["0.1.0", "0.1.1", false],
    ["0.9.0", "1.0.0", true],
  ])("%s may be broken by %s: %s", (from, to, may) => {
    expect(isMajor(from, to)).toBe(may);
  });
});
