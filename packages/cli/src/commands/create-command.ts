import type { Command } from "@commander-js/extra-typings";
import { withoutEmpty } from "../check/leaves.js";
import { newCommand, withSessionOptions } from "../command/new-command.js";
import type { Kind, KindField } from "../kinds/kinds.js";
import { UsageError } from "../usage-error.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";

const fileExample = `
Examples:
  atlas-streams private-link create aws-msk --arn arn:aws:kafka:…
  atlas-streams private-link create aws-msk --help
  atlas-streams private-link create --file connections.yaml --wait
  atlas-streams private-link create --file - < connection.json`;

/** `create KIND` with a flag for each field, and `create --file`. */
export function createCommand(world: World, kinds: readonly Kind[]) {
  const base = newCommand("create", world.terminal).option(
    "-f, --file <file>",
    "JSON or YAML, many documents; - is what is piped in",
  );
  const group = withCreateOptions(base);
  group
    .summary("create connections, by flags or from a file")
    .description(
      "Creates a connection, by the flags of its kind, or connections from a file. It can be repeated: a connection that the project has already is found, said, and left as it is.",
    )
    .addHelpText("after", fileExample)
    .commandsGroup("Kinds:")
    .allowExcessArguments() // a kind that there is not, told as one
    .action(async () => {
      const { file, ...options } = group.opts();
      const [other] = group.args;
      if (other !== undefined) throw new UsageError(await unknownKind(other, kinds));
      if (!file) throw new UsageError("Name a kind, such as aws-msk, or give --file. --help shows what there is.");
      const [{ create }, { calledInput, parseDocuments, readInput }] = await Promise.all([
        import("./create.js"),
        import("../command/read-input.js"),
      ]);
      const bodies = (await parseDocuments(await readInput(file), file)).flat();
      if (bodies.length === 0) throw new UsageError(`${calledInput(file)} holds no connections.`);
      if (bodies.some(isForApply))
        throw new UsageError(
          `${calledInput(file)} says what a whole project is to have. For that: atlas-streams apply --file ${file}`,
        );
      await create(world, bodies, options);
    });
  for (const kind of kinds) group.addCommand(kindCommand(world, kind));
  return group;
}

async function unknownKind(word: string, kinds: readonly Kind[]): Promise<string> {
  const { nearest } = await import("../check/nearest.js");
  const words = kinds.flatMap(({ command, alias }) => (alias ? [command, alias] : [command]));
  const meant = nearest(word, words);
  return `There is no kind ${word}; ${meant ? `did you mean ${meant}?` : `there are ${words.join(", ")}.`}`;
}

function isForApply(body: unknown): boolean {
  return typeof body === "object" && body !== null && "connections" in body;
}

function kindCommand(world: World, kind: Kind) {
  const [summary = ""] = kind.description.split(/(?<=\.)\s/);
  const base = newCommand(kind.command, world.terminal)
    .summary(summary)
    .description(kind.description.trim())
    .optionsGroup("Fields:");
  if (kind.alias) base.alias(kind.alias);
  for (const field of kind.fields)
    base.option(`--${field.name} <${field.isList ? "text..." : "text"}>`, descriptionOf(field));
  const command = withCreateOptions(base.optionsGroup("Options:"));
  return command.addHelpText("after", `\nExample:\n  ${exampleOf(kind)}`).action(async () => {
    const { create } = await import("./create.js");
    const given = command.opts() as { readonly [name: string]: unknown };
    const fields = kind.fields.flatMap(({ name }) => {
      const { [name]: value } = given;
      return value === undefined ? [] : [[name, Array.isArray(value) ? withoutEmpty(value) : value]];
    });
    await create(world, [{ ...kind.constants, ...Object.fromEntries(fields) }], command.opts());
  });
}

function descriptionOf({ description, isRequired, choices }: KindField): string {
  const known = choices.length > 0 ? ` Known: ${choices.join(", ")}.` : "";
  return `${description.replaceAll("\n", " ")}${known}${isRequired ? " Required." : ""}`;
}

/** A command line that works as it stands, with all fields that are required. */
export function exampleOf({ command, fields }: Kind): string {
  const words = fields
    .filter(({ isRequired }) => isRequired)
    .flatMap(({ name, example }) => [`--${name}`, ...[example].flat().map(String)]);
  return ["atlas-streams private-link create", command, ...words].join(" ");
}

function withCreateOptions<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return withSessionOptions(
    withWaitOptions(
      command
        .option("--wait", "wait until it is ready")
        .option("--always", "create another one, even if the project has one like it")
        .option("--dry-run", "print the request, and send nothing"),
    ),
  );
}
