import { Command, Option } from "@commander-js/extra-typings";
import { InvalidArgumentError } from "commander";
import type { KeyWord } from "../resources/resource.js";
import { parseProjectId } from "../session/project-id.js";
import type { Terminal } from "../terminal/terminal.js";

/** The forms of output. */
export const outputs = ["text", "json", "yaml"] as const;
export type Output = (typeof outputs)[number];

/** A command that ends by throwing, and writes where it is told to. */
export function newCommand(name: string, { out, err }: Terminal): Command {
  const width = Math.min(out.isTerminal ? out.width : 100, 100);
  return new Command(name)
    .exitOverride()
    .enablePositionalOptions() // what stands behind a subcommand is its own
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      outputError: () => {}, // the mistake is told once, where all errors are
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => out.paint("bold", "x") !== "x",
      getErrHasColors: () => err.paint("bold", "x") !== "x",
    })
    .configureHelp({
      showGlobalOptions: false,
      minWidthToWrap: 20,
      styleTitle: (text) => out.paint("bold", text),
      styleCommandText: (text) => out.paint("cyan", text),
      styleSubcommandTerm: (text) => out.paint("cyan", text),
      styleOptionTerm: (text) => out.paint("cyan", text),
      styleArgumentTerm: (text) => out.paint("cyan", text),
    })
    .helpOption("-h, --help", "show this")
    .helpCommand(false);
}

/** The words that name a thing; `some` things of one place, or `any` number of them. */
export function keyArguments(
  command: Command,
  key: readonly KeyWord[],
  { last }: { readonly last: "one" | "some" | "any" },
): void {
  for (const [index, word] of key.entries()) {
    const { name, description } = word;
    const isLast = index === key.length - 1;
    const check = (text: string) => refuseOther(text, word);
    if (!isLast || last === "one") command.argument(`<${name}>`, description, check);
    else command.argument(last === "some" ? `<${name}s...>` : `[${name}s...]`, `${description}; one or more`, check);
  }
}

/** What cannot be such a word is told by the name that it has here, not by that in the path of the API. */
export function refuseOther(text: string, { description, pattern }: KeyWord): string {
  if (pattern?.test(text) === false) throw new InvalidArgumentError(`It has to be ${description}. Nothing was sent.`);
  return text;
}

/** The options that every command has which calls the service. */
export function withSessionOptions<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return withAccountOptions(command).option("--no-cache", "get a token for this command alone, and give it back");
}

/** Those of a command that never shares a token, too. */
export function withAccountOptions<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return withOutput(command)
    .option("--projectId <id>", "the project, if it is not MONGODB_ATLAS_PROJECT_ID or in the profile", parseProjectId)
    .option("-P, --profile <name>", "credentials and project from this profile, instead of the environment", named)
    .option("--mock", "ask a mock of the service in this process: nothing leaves the machine")
    .option("-v, --verbose", "tell each request and retry on stderr, without secrets");
}

/** An empty name is of a variable that was not set: other credentials must not take their place. */
function named(text: string): string {
  if (text === "") throw new InvalidArgumentError("It has to be a name. Nothing was sent.");
  return text;
}

export function withOutput<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command
    .optionsGroup("Common options:")
    .addOption(new Option("-o, --output <form>", "how to print").choices(outputs).default("text" as const));
}
