import type { Command, Option } from "commander";
import { createProgram } from "../../src/program.js";
import { openTerminal } from "../../src/terminal/terminal.js";

/** A command with its words, such as `private-link create aws-msk`. */
export interface Defined {
  readonly path: string;
  readonly command: Command;
}

const world = {
  environment: {},
  terminal: openTerminal({}),
  interrupt: { signal: new AbortController().signal, hint: undefined },
  flags: "",
  exitCode: 0,
};
const program = createProgram(world) as unknown as Command;

/** Every command, as it defines itself; not what only a shell calls. */
export const commands: readonly Defined[] = within(program, "");

function within(command: Command, path: string): Defined[] {
  const children = command.commands.filter((child) => child.name() !== "complete");
  return [
    { path, command },
    ...children.flatMap((child) => within(child, path === "" ? child.name() : `${path} ${child.name()}`)),
  ];
}

/** The command that a line calls, by any of its names, and the flags of it that the line has. */
export function readLine(words: readonly string[]): { readonly path: string; readonly flags: readonly Option[] } {
  let [command, path, at] = [program, "", 0];
  for (; at < words.length; at++) {
    const { [at]: word = "" } = words;
    const child = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (!child) break;
    path = path === "" ? child.name() : `${path} ${child.name()}`;
    command = child;
  }
  const rest = words.slice(at);
  const isSaid = ({ long, short }: Option) =>
    rest.some((word) => word === short || word === long || word.startsWith(`${long}=`));
  return { path, flags: command.options.filter(isSaid) };
}
