import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@atlas-streams/mock";
import { freshClone, packAll } from "../pack.mjs";
import { startRegistry } from "../registry/registry.mjs";
import { mustRun } from "../run.mjs";
import { bundleAll, groupId, runAll } from "./bundlers.mjs";
import { compileAll } from "./typescript.mjs";

/** What the consumers that are run find. */
const connections = [
  {
    groupId,
    _id: "66f0c1d2e3a4b5c6d7e8f901",
    provider: "AWS",
    vendor: "MSK",
    arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1",
    state: "DONE",
  },
];

/**
 * Packs a fresh clone, publishes it to a registry on this machine, and meets it as its consumers do.
 * @param {(result: import("./consumers.js").Result) => void} onResult
 */
export async function runMatrix(onResult) {
  const folder = await mkdtemp(join(tmpdir(), "consumers-"));
  const registry = await startRegistry(folder);
  const mock = await startMock({ connections });
  try {
    const packed = await packAll(join(folder, "tarballs"), { checkout: await freshClone(join(folder, "clone")) });
    for (const { tarball } of packed) await mustRun("npm", ["publish", tarball], { cwd: folder, env: registry.env });
    const place = { install, tools: join(folder, "tools"), mock };
    const results = [];
    for (const part of [runAll, bundleAll, compileAll])
      for await (const result of part(place)) {
        results.push(result);
        onResult(result);
      }
    return results;
  } finally {
    await mock.stop();
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  }

  /**
   * @param {string} name
   * @param {readonly string[]} ours
   * @param {readonly string[]} others
   */
  async function install(name, ours, others = []) {
    const project = join(folder, name);
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
    const wanted = ours.map((one) => `@atlas-streams/${one}`);
    await mustRun("npm", ["install", ...wanted, ...others], { cwd: project, env: registry.env });
    return project;
  }
}
