import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { newFolder } from "./helpers.js";

const run = promisify(execFile);
const own = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as {
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};

/** A folder of a user's who has installed the mock: its published files, and links to what it says that it needs. */
function installed(...others: readonly string[]): string {
  const folder = newFolder();
  const place = join(folder, "node_modules/@atlas-streams/mock");
  for (const file of ["package.json", ...manifest.files])
    cpSync(join(own, file), join(place, file), { recursive: true });
  for (const name of [...Object.keys(manifest.dependencies), ...others]) {
    mkdirSync(join(folder, "node_modules", name, ".."), { recursive: true });
    symlinkSync(realpathSync(join(own, "node_modules", name)), join(folder, "node_modules", name));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

test("What is published starts with what it declares, and Prism, Scarf and scripts at install are not among that", async () => {
  expect(Object.keys(manifest.dependencies).filter((name) => /prism|scarf/.test(name))).toEqual([]);
  expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  const script = `
    import { startMock } from "@atlas-streams/mock";
    const mock = await startMock({ auth: "any" });
    const response = await fetch(mock.url + "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams/privateLinkConnections", {
      headers: { accept: "application/vnd.atlas.2025-03-12+json", prefer: "dynamic=true" },
    });
    console.log(response.status);
    await mock.stop();
  `;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: installed() });
  expect(stdout).toBe("200\n");
});

test("The published types compile without Prism, and without skipLibCheck", async () => {
  const folder = installed("@types/node");
  writeFileSync(
    join(folder, "user.ts"),
    'import { startMock, startProxy } from "@atlas-streams/mock";\nconsole.log(startMock, startProxy);\n',
  );
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", "node", "user.ts"];
  const complaints = await run(process.execPath, [tsc, ...options], { cwd: folder }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
  expect(complaints).toBe("");
});

test("The licences of all that is bundled are told", () => {
  const licences = readFileSync(join(own, "dist/THIRD_PARTY_NOTICES.txt"), "utf8");
  expect(licences).toMatch(/^@stoplight\/prism-http 5\.16\.0, Apache-2\.0$/m);
  expect(licences).toMatch(/^node-forge 1\.4\.3, /m);
  expect(licences).toMatch(/^ajv 8\.\d+\.\d+, MIT$/m);
});
