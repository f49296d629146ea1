#!/usr/bin/env node
// Publishes what is committed: from a fresh clone, packed, with a list of what is in it, and tagged.
//   pnpm release --prepare             turns changesets into versions and changelogs, for you to look at and commit
//   pnpm release --dry-run             what would go out now: versions, changelog, packages
//   pnpm release [--registry URL]      publishes, to the registry that npm is set up with unless another is named
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./compare/places.mjs";
import { prepare, wouldBe } from "./release/prepare.mjs";
import { keepBills, publish } from "./release/publish.mjs";

process.chdir(root);
const { values } = parseArgs({
  options: { prepare: { type: "boolean" }, "dry-run": { type: "boolean" }, registry: { type: "string" } },
});
const folder = await mkdtemp(join(tmpdir(), "release-"));
try {
  if (values.prepare) await prepare(root);
  else if (values["dry-run"]) process.stdout.write(await wouldBe(folder));
  else {
    const published = await publish(folder, { registry: values.registry });
    const { version, lines } = published;
    const place = await keepBills(published);
    process.stdout.write(
      `${lines.join("\n")}\n${place} has what is in each. Now tag it: git tag v${version} && git push origin v${version}\n`,
    );
  }
} catch (error) {
  process.stderr.write(`release: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
