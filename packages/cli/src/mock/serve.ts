import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOf, startEmbeddedMock } from "../session/embedded-mock.js";
import { durationText } from "../terminal/text.js";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";

/** The command `atlas-streams-mock`, until it is ended. */
export async function serveMock(words: readonly string[]): Promise<number> {
  const { run } = await import("@atlas-streams/mock/command").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError("The mock is not here: this file was taken alone. Install it: npm install @atlas-streams/cli");
  });
  return run(words);
}

/** How long each state lasts, unless it is said: long enough to see a wait at work, short enough to wait for. */
const usualPaceMs = 4000;

/** A shell, or one command, in which this command line asks a mock; gives its exit code. */
export async function mockShell(
  { environment, terminal, interrupt }: World,
  words: readonly string[],
  paceMs = usualPaceMs,
): Promise<number> {
  const mock = await startEmbeddedMock({ scenario: { pace: { ms: paceMs } } });
  const folder = await ownFolder();
  try {
    const [program = environment.SHELL || "sh", ...rest] = words[0] === "--" ? words.slice(1) : words;
    if (words.length === 0)
      terminal.err.write(
        `Here atlas-streams asks a mock at ${mock.url}. Try: atlas-streams private-link list\nWhat is made is ready after ${durationText(2 * paceMs)}. exit ends it.\n`,
      );
    const child = spawn(program, rest, {
      stdio: "inherit",
      env: {
        ...environment,
        ...environmentOf(mock),
        PATH: `${folder}:${environment.PATH}`,
      },
    });
    // Ctrl-C is for what runs in the shell; a SIGTERM ends it with this process.
    interrupt.signal.addEventListener("abort", () => child.kill("SIGTERM"));
    const [code] = (await once(child, "exit").catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${program} cannot be run (${error.code}).`);
    })) as [number | null];
    return code ?? 1;
  } finally {
    await Promise.all([mock.stop(), rm(folder, { recursive: true })]);
  }
}

/** A folder in which `atlas-streams` is this very command, also where it was not installed. */
async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "atlas-streams-bin-"));
  await symlink(await realpath(process.argv[1] ?? ""), join(folder, "atlas-streams"));
  return folder;
}
