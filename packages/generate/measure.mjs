// What generating takes: node measure.mjs FILE, where FILE is as for atlas-streams-generate.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./dist/index.js";

const [file] = process.argv.slice(2);
if (!file) throw new Error("node measure.mjs FILE");
const directory = await mkdtemp(join(tmpdir(), "measure-"));
try {
  const startedAt = performance.now();
  const { operations, schemas } = await generate(file, directory);
  const seconds = (performance.now() - startedAt) / 1000;
  const { size } = await stat(join(directory, "openapi.d.ts"));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${operations} operations, ${schemas} schemas: ${seconds.toFixed(1)} s, ${Math.round(megabytes)} MB at most,`,
  );
  console.log(`${Math.round(size / 1024)} kB of types`);
} finally {
  await rm(directory, { recursive: true });
}
