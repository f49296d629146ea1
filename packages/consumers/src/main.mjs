// The packages as their users meet them, from a fresh clone through a registry: pnpm --filter @atlas-streams/consumers matrix
import { runMatrix } from "./matrix/matrix.mjs";

const results = await runMatrix(({ consumer, way, works }) => {
  process.stdout.write(`${(works ? "ok" : "FAILS").padEnd(6)} ${consumer.padEnd(24)} ${way}\n`);
});
const failed = results.filter(({ works }) => !works);
for (const { consumer, way, said } of failed) process.stdout.write(`\n${consumer}, ${way}:\n${said.slice(0, 2000)}\n`);
process.stdout.write(`\n${results.length - failed.length} of ${results.length} work.\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
