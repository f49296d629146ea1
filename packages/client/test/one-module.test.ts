import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const hook = `export async function load(url, context, next) {
  if (/client[/]dist|packages[/]types/.test(url)) process._rawDebug(url);
  return next(url, context);
}`;

/** Runs a module in a process of its own; the files of the client's that it loads. */
async function loadedBy(code: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "one-module-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "hook.mjs"), hook);
  await writeFile(
    join(folder, "register.mjs"),
    `import { register } from "node:module"; register("./hook.mjs", import.meta.url);`,
  );
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", join(folder, "register.mjs"), "--input-type=module", "--eval", code],
    { cwd: import.meta.dirname },
  );
  return stderr.split("\n").flatMap((line) => /\/dist\/(.*)$/.exec(line)?.[1] ?? []);
}

test("importing the client and making one loads one module of it", async () => {
  const code = `import { createClient, digest } from "@atlas-streams/client";
    createClient({ auth: digest({ publicKey: "abcdefgh", privateKey: "5ec4e7b0" }) });`;
  expect(await loadedBy(code)).toEqual(["index.js"]);
});

test("the first call loads what the runtime has for the network, and no more", async () => {
  const code = `import { createClient, digest } from "@atlas-streams/client";
    const atlas = createClient({ auth: digest({ publicKey: "abcdefgh", privateKey: "5ec4e7b0" }), baseUrl: "http://127.0.0.1:9", retry: false });
    await atlas.privateLinkConnections.get({ groupId: "${"a".repeat(24)}", connectionId: "${"b".repeat(24)}" }).catch(() => {});`;
  expect(await loadedBy(code)).toEqual(["index.js", "platform/node.js"]);
});
