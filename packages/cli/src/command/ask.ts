import { createInterface, type Interface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { World } from "../world.js";

/** Asks a question of a person at the terminal; Ctrl-C ends it as it ends everything, and Ctrl-D answers nothing. */
export async function ask(world: World, question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return answerTo(world, lines, question, () => process.stderr.write("\n"));
}

/** Asks for a secret: nothing of what is typed is shown. */
export async function askSecret(world: World, question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await answerTo(world, lines, "", () => {});
  } finally {
    process.stderr.write("\n");
  }
}

/** The line that is typed; nothing, where the input ends instead. */
async function answerTo({ interrupt }: World, lines: Interface, question: string, onEnd: () => void): Promise<string> {
  // In a question Ctrl-C is a key that readline takes; it has to mean what it always means.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return (await lines.question(question, { signal: interrupt.signal })).trim();
  } catch (error) {
    interrupt.signal.throwIfAborted();
    if ((error as Error).name !== "AbortError") throw error;
    onEnd();
    return "";
  } finally {
    lines.close();
  }
}

export async function isAgreed(world: World, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask(world, `${question} [y/N] `));
}
