import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test.each([
  [["--dry-runn"], /^release: Unknown option '--dry-runn'\n$/],
  [["now"], /^release: Unexpected argument 'now'.*\n$/],
  [["--prepare", "--dry-run"], /^release: --prepare changes .*\n$/],
  [["--dry-run", "--registry", "http://127.0.0.1:1/"], /^release: --registry says .*\n$/],
  [["--registry", "127.0.0.1:4873"], /^release: 127\.0\.0\.1:4873 is no registry's URL\n$/],
])("called with %j it touches nothing, says why in one line, and exits with 2", (words, said) => {
  const script = fileURLToPath(new URL("../../release.mjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(said) });
});
