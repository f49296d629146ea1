#!/usr/bin/env node
// Publishes what is committed: from a fresh clone, packed, with a list of what is in it.
//   pnpm release --prepare             turns changesets into versions and changelogs, for you to look at and commit
//   pnpm release --dry-run             what would go out now: versions, changelog, packages
//   pnpm release [--registry URL]      publishes, to the registry that npm is set up with unless another is named
// It exits with 1 where that cannot be done, and with 2 where it is not called as above.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./compare/places.mjs";
import { pendingIn, prepare, versionOf, wouldBe } from "./release/prepare.mjs";
import { keepBills, publish } from "./release/publish.mjs";
import { tagOf, uncommittedIn } from "./release/tree.mjs";
import { asCalled, UsageError } from "./usage.mjs";

process.chdir(root);
const { step, registry } = await asCalled("release", readCommandLine);
const folder = await mkdtemp(join(tmpdir(), "release-"));
try {
  process.stdout.write(await { prepare: prepareHere, "dry-run": showDryRun, publish: publishHere }[step]());
} catch (error) {
  process.stderr.write(`release: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @returns {{ step: "prepare" | "dry-run" | "publish", registry: string | undefined }} */
function readCommandLine() {
  const { values } = parseArgs({
    options: { prepare: { type: "boolean" }, "dry-run": { type: "boolean" }, registry: { type: "string" } },
  });
  const { prepare, "dry-run": isDry, registry } = values;
  if (prepare && isDry) throw new UsageError("--prepare changes what is here, --dry-run nothing: take one of them");
  if (registry === undefined) return { step: prepare ? "prepare" : isDry ? "dry-run" : "publish", registry };
  if (prepare || isDry) throw new UsageError("--registry says where to publish, and nothing is published by this");
  if (!/^https?:/.test(registry) || !URL.canParse(registry)) throw new UsageError(`${registry} is no registry's URL`);
  return { step: "publish", registry };
}

async function prepareHere() {
  await mustBeCommitted("it could not be told from what this writes");
  if ((await pendingIn(root)).length === 0) throw new Error("there are no changesets: pnpm changeset writes one");
  const before = versionOf(root);
  await prepare(root);
  return `${before} -> ${versionOf(root)}. Look at it (git diff), and commit it.\n`;
}

async function showDryRun() {
  const uncommitted = await uncommittedIn(root);
  if (uncommitted.length > 0)
    process.stderr.write(`Not committed, so not in what follows:\n${uncommitted.join("\n")}\n\n`);
  return wouldBe(folder);
}

async function publishHere() {
  await mustBeCommitted("it would not go out");
  const version = versionOf(root);
  const tag = await tagOf(root, version);
  if (tag === "elsewhere")
    throw new Error(`v${version} is the tag of another commit: that version is out. Another one takes a changeset`);
  const published = await publish(folder, { registry });
  const place = await keepBills(published);
  const next = tag === "here" ? "" : ` Now tag it: git tag v${version} && git push origin v${version}`;
  return `${published.lines.join("\n")}\n${place} has what is in each.${next}\n`;
}

/** @param {string} otherwise */
async function mustBeCommitted(otherwise) {
  const uncommitted = await uncommittedIn(root);
  if (uncommitted.length > 0) throw new Error(`commit first, or ${otherwise}:\n${uncommitted.join("\n")}`);
}
