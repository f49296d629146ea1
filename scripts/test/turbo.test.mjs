import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const script = fileURLToPath(new URL("../turbo.mjs", import.meta.url));

test.each(["a#b", "a?b", "what is #1?"])(
  "a checkout below a folder %j says in one sentence why it does not build",
  async (name) => {
    const folder = await mkdtemp(join(tmpdir(), "checkout-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const scripts = join(folder, name, "scripts");
    await mkdir(scripts, { recursive: true });
    await copyFile(script, join(scripts, "turbo.mjs"));
    const { status, stderr } = spawnSync(process.execPath, [join(scripts, "turbo.mjs"), "run", "build"], {
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\S.*has a # or a \? in it, .*\. Move the checkout to a path without\.\n$/);
    expect(stderr).toContain(join(folder, name));
  },
);
