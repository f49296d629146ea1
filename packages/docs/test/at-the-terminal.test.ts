import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startMock } from "@atlas-streams/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBlocks } from "./blocks.js";
import { docs } from "./workplace.js";

const page = join(docs, "at-the-terminal.md");
const guide = await readFile(page, "utf8");
const blocks = findBlocks(guide);
const commands = blocks.flatMap((block, index) => {
  const [note] = block.notes.get("run") ?? [];
  if (block.language !== "sh" || note === undefined) return [];
  const code = Number(/exits with (\d+)/.exec(note)?.[1] ?? 0);
  return [{ title: block.code.trim(), script: block.code, code, shown: blocks[index + 1] }];
});

/** All the commands of the guide are run one after another, in one place and against one mock. */
let place: string;
let mock: Awaited<ReturnType<typeof startMock>>;

beforeAll(async () => {
  mock = await startMock();
  place = await mkdtemp(join(tmpdir(), "at-the-terminal-"));
  const { resolve } = createRequire(import.meta.url);
  await symlink(
    join(dirname(resolve("@atlas-streams/cli/package.json")), "dist/atlas-streams.mjs"),
    join(place, "atlas-streams"),
  );
  for (const { notes, code } of blocks) {
    const [name] = notes.get("file") ?? [];
    if (name) await writeFile(join(place, name), code);
  }
});

afterAll(async () => {
  await mock.stop();
  await rm(place, { recursive: true });
});

test("The guide has commands, and each is followed by what it shows", () => {
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter(({ shown }) => shown?.language !== "text")).toEqual([]);
});

test.each(commands)("$title", async ({ script, code, shown }) => {
  const { serviceAccount } = mock.credentials;
  const env = {
    PATH: `${place}:${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: place,
    MONGODB_ATLAS_BASE_URL: mock.url,
    MONGODB_ATLAS_PROJECT_ID: "32b6e34b3d91647abb20e7b8",
    MONGODB_ATLAS_CLIENT_ID: serviceAccount.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: serviceAccount.clientSecret,
  };
  const ended = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile("sh", ["-c", `{ ${script.trim()}\n} 2>&1`], { env, cwd: place }, (error, output) =>
      resolve({ code: error?.code ?? 0, output }),
    );
  });
  expect(ended.code, ended.output).toBe(code);
  // UPDATE_GUIDE=1 writes into the guide what is shown now, for a person to look at.
  if (process.env.UPDATE_GUIDE) await replaceShown(script, ended.output);
  else expect(timeless(ended.output)).toBe(timeless(shown?.code ?? ""));
});

/** How long something took is not the guide's affair. */
function timeless(text: string): string {
  return text.replaceAll(/after [\d a-z]*?s\b/g, "after … s");
}

/** The guide as it is now, with another text in the block after a command. */
async function replaceShown(script: string, output: string): Promise<void> {
  const now = await readFile(page, "utf8");
  const opening = `\`\`\`sh\n${script}\`\`\`\n\n\`\`\`text\n`;
  const from = now.indexOf(opening) + opening.length;
  await writeFile(page, now.slice(0, from) + output + now.slice(now.indexOf("```\n", from)));
}
