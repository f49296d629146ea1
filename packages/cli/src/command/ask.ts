import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { World } from "../world.js";

/** Asks a question of a person at the terminal; Ctrl-C ends it as it ends everything. */
export async function ask({ interrupt }: World, question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // In a question Ctrl-C is a key that readline takes; it has to mean what it always means.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return (await lines.question(question, { signal: interrupt.signal })).trim();
  } catch (error) {
    interrupt.signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}

/** Asks for a secret: nothing of what is typed is shown. */
export async function askSecret(world: World, question: string): Promise<string> {
  const { interrupt } = world;
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return (await lines.question("", { signal: interrupt.signal })).trim();
  } catch (error) {
    interrupt.signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

export async function isAgreed(world: World, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask(world, `${question} [y/N] `));
}
