#!/usr/bin/env node
import { CommanderError } from "commander";
import { exitCodes } from "./exit-codes.js";
import { createProgram } from "./program.js";
import { listenForInterrupt } from "./terminal/interrupt.js";
import { openTerminal } from "./terminal/terminal.js";
import type { World } from "./world.js";

const world: World = {
  environment: process.env,
  terminal: openTerminal(process.env),
  interrupt: listenForInterrupt(),
  flags: "",
  exitCode: 0,
};
const words = process.argv.slice(2);
let isUnprinted = false;

process.stdout.on("error", tellUnprinted);
process.stderr.on("error", () => {}); // there is nobody left to tell
process.exitCode = (await run()) || process.exitCode;

/** What was to be printed could not be: on a disk that is full, say. */
function tellUnprinted({ code, message }: NodeJS.ErrnoException): void {
  // Whoever read it, `head` for instance, has had enough.
  if (code === "EPIPE" || isUnprinted) return;
  isUnprinted = true;
  world.terminal.err.write(`atlas-streams: The output cannot be written (${code ?? message}).\n`);
  process.exitCode ||= exitCodes.failure;
}

async function run(): Promise<number> {
  try {
    await createProgram(world).parseAsync(words, { from: "user" });
    return world.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { describeFailure, failureText } = await import("./failure.js");
    const failure = describeFailure(error, world.flags);
    world.terminal.err.write(failureText(failure, wantsJson(), world.interrupt.hint));
    return failure.exitCode;
  }
}

/** Told from the words themselves: they may be what is wrong. */
function wantsJson(): boolean {
  return words.some(
    (word, index) =>
      /^(--output=|-o=?)json$/.test(word) || (/^(-o|--output)$/.test(word) && words[index + 1] === "json"),
  );
}
