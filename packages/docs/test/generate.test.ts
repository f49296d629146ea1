import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startMock } from "@atlas-streams/mock";
import { expect, onTestFinished, test } from "vitest";
import { blocksOf, projectOf, runBlock } from "./done-as-a-reader.js";
import { docs, run } from "./workplace.js";

test("generate.md, done as a reader would: generated, compiled and run", {
  timeout: 180_000,
}, async () => {
  // Under node_modules, so that the project finds the packages as a reader's would.
  await mkdir(join(docs, "node_modules/.cache"), { recursive: true });
  const project = await mkdtemp(join(docs, "node_modules/.cache/project-"));
  onTestFinished(() => rm(project, { recursive: true }));
  await cp(join(docs, "test/vendor/vendor.yaml"), join(project, "vendor.yaml"));
  for (const [name, text] of await projectOf("generate.md")) await writeFile(join(project, name), text);
  for (const block of await blocksOf("generate.md")) if (block.notes.has("run")) await runBlock(block, project);

  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = { target: "es2023", module: "nodenext", strict: true, skipLibCheck: true, types: ["node"] };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["projects.ts"] }));
  expect(await run("tsc", ["--project", project])).toMatchObject({ stdout: "", code: 0 });

  const mock = await startMock({ description: join(project, "atlas/openapi.json") });
  onTestFinished(() => mock.stop());
  const { clientId, clientSecret } = mock.credentials.serviceAccount;
  const env = {
    MONGODB_ATLAS_BASE_URL: mock.url,
    MONGODB_ATLAS_CLIENT_ID: clientId,
    MONGODB_ATLAS_CLIENT_SECRET: clientSecret,
  };
  const { stdout, stderr } = await run("node", [join(project, "projects.js")], { env });
  expect(stderr).toBe("");
  expect(stdout).toContain("orders ACTIVE\ncluster: 12 h\n");
  expect(stdout).toMatch(/gzip \d+\n/);
});
