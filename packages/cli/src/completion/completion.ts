import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { type Command as CompletionCommand, RootCommand } from "@bomb.sh/tab";
import type { Command } from "commander";
import type { World } from "../world.js";

export type Shell = "bash" | "zsh" | "fish";

type AnyCommand = Pick<Command, "name" | "aliases" | "description" | "summary" | "options" | "registeredArguments"> & {
  readonly commands: readonly AnyCommand[];
};

/** Answers the shell: what may stand next. */
export function complete(program: unknown, words: readonly string[]): void {
  const given = words[0] === "--" ? words.slice(1) : [...words];
  if (takesFile(program as AnyCommand, given.at(-2))) {
    console.log(filesOfTheShell);
    return;
  }
  const root = new RootCommand();
  describe(program as AnyCommand, root, "");
  root.parse(given);
}

/** No words, and no directive that keeps the shell from offering files; the library itself always gives that. */
const filesOfTheShell = ":0";

function takesFile({ options, commands }: AnyCommand, word: string | undefined): boolean {
  return (
    options.some(({ long, short, flags }) => flags.endsWith(" <file>") && (long === word || short === word)) ||
    commands.some((command) => takesFile(command, word))
  );
}

interface Described {
  option: CompletionCommand["option"];
  argument(...words: Parameters<CompletionCommand["argument"]>): unknown;
}

function describe(command: AnyCommand, root: RootCommand, path: string): void {
  for (const child of command.commands) {
    if (child.name() === "complete") continue;
    const childPath = `${path}${path ? " " : ""}${child.name()}`;
    describeWords(child, root.command(childPath, child.summary() || child.description()));
    describe(child, root, childPath);
  }
}

function describeWords(command: AnyCommand, described: Described): void {
  for (const { long, short, description, required, optional, argChoices = [] } of command.options) {
    if (!long) continue;
    const takesValue = required || optional;
    const choose = (offer: (value: string, description: string) => void) => {
      for (const choice of argChoices) offer(choice, "");
    };
    if (takesValue) described.option(long.slice(2), description, choose, short?.slice(1));
    else described.option(long.slice(2), description, short?.slice(1));
  }
  for (const argument of command.registeredArguments)
    described.argument(
      argument.name(),
      (offer) => {
        for (const choice of argument.argChoices ?? []) offer(choice, "");
      },
      argument.variadic,
    );
}

/** A bash without the package bash-completion lacks this function, which the script calls. */
const bashFallback = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    cur="\${COMP_WORDS[COMP_CWORD]}"; prev="\${COMP_WORDS[COMP_CWORD-1]}"; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD
  }
fi
`;

export async function completionScript(program: unknown, shell: Shell): Promise<string> {
  const name = (program as AnyCommand).name();
  const root = new RootCommand();
  const lines: string[] = [];
  const { log } = console;
  console.log = (text: string) => void lines.push(text); // the library prints its script
  try {
    root.setup(name, name, shell);
  } finally {
    console.log = log;
  }
  const script = `${lines.join("\n")}\n`;
  if (shell !== "bash") return script;
  // A script that is sourced twice must not complain of its own constants, and files are to be had where nothing else is.
  const twice = script.replaceAll(/^(\s*)readonly /gm, "$1").replace(/^complete -F/m, "complete -o default -F");
  return bashFallback + twice;
}

/** Writes the script where the shell looks for it; where it has no such place, its start file is told. */
export async function installCompletion({ environment, terminal }: World, shell: Shell, script: string): Promise<void> {
  const data = environment.XDG_DATA_HOME || join(homedir(), ".local/share");
  const config = environment.XDG_CONFIG_HOME || join(homedir(), ".config");
  const places = {
    bash: join(data, "atlas-streams/completion.bash"),
    zsh: join(data, "atlas-streams/completion.zsh"),
    fish: join(config, "fish/completions/atlas-streams.fish"),
  };
  const { [shell]: file } = places;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, script);
  terminal.err.write(`Completion for ${shell} is in ${file}.\n`);
  if (shell === "fish") return;
  const start = join(environment.ZDOTDIR && shell === "zsh" ? environment.ZDOTDIR : homedir(), `.${shell}rc`);
  const before = await readFile(start, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return "";
  });
  if (!before.includes(file)) {
    const compinit = shell === "zsh" ? "autoload -Uz compinit && compinit -i; " : "";
    const newline = before === "" || before.endsWith("\n") ? "" : "\n";
    await appendFile(start, `${newline}${compinit}source '${file}' # atlas-streams completion\n`);
    terminal.err.write(`${start} has a line more, which loads it. `);
  }
  terminal.err.write("It works in the next shell.\n");
}
