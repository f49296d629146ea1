import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { mockFor } from "./helpers.js";

const folder = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(`${folder}README.md`, "utf8");
const [start = "", steps = ""] = Array.from(readme.matchAll(/```js\n([\s\S]*?)```/g), ([, code = ""]) => code);

test("The example at the top of the README runs as it stands", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", start], {
    cwd: folder,
  });
  expect(stdout).toBe("0 []\n");
});

test("The steps in the README are steps", async () => {
  const created = new Function(`${steps}; return created;`)();
  await mockFor({ scenario: { created } });
  expect(created).toHaveLength(3);
});
