import type { Command } from "@commander-js/extra-typings";
import { bodyFrom, type Leaf, leavesOf } from "../check/leaves.js";
import { keyArguments, newCommand, withSessionOptions } from "../command/new-command.js";
import type { NamedResource, Resource, Writing } from "../resources/resource.js";
import { UsageError } from "../usage-error.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";
import type { WriteOptions } from "./write.js";

/** `create` of what gets its name from whoever makes it: by flags where there are some, or from a file. */
export function createNamedCommand<Item>(world: World, resource: NamedResource<Item>) {
  const { command: word, noun, plural, key, making, waiting } = resource;
  const leaves = leavesFor(making).filter(({ name }) => name !== "name");
  const named = key.at(-1);
  const base = newCommand("create", world.terminal)
    .summary(`create ${plural}${leaves.length > 0 ? ", by flags or" : ""} from a file`)
    .description(
      sentences(
        `Creates a ${noun}${leaves.length > 0 ? ", by flags, or several" : ", or several,"} from a file.`,
        making.about,
        "It can be repeated: what is there already as it is wanted is found, said, and left as it is.",
      ),
    );
  keyArguments(base, key.slice(0, -1), { last: "one" });
  if (leaves.length > 0 && named) base.argument(`[${named.name}]`, named.description);
  const command = withWriteOptions(base, leaves, { isMany: true, waits: waiting.goals.includes("done") });
  const scope = key.length > 1 ? "orders " : "";
  return command
    .addHelpText(
      "after",
      `\nExamples:\n${leaves.length > 0 ? `  atlas-streams ${word} create orders ${exampleOf(leaves)}\n` : ""}  atlas-streams ${word} create ${scope}--file ${word}s.yaml${making.hasFlags ? "" : exampleFile}`,
    )
    .action(async () => {
      const words = command.args.slice(0, key.length - 1);
      const [name] = command.args.slice(key.length - 1);
      const options = command.opts() as WriteOptions;
      const said = { ...bodyFrom(leaves, command.opts()), ...(name !== undefined && { name }) };
      if (Object.keys(said).length > 0 && options.file === undefined) refuseUnsaid(leaves, command.opts());
      await (await import("./write.js")).createNamed(world, resource, words, said, options);
    });
}

/** What is missing is told by its flag, not by its place in the body. */
function refuseUnsaid(leaves: readonly Leaf[], said: { readonly [name: string]: unknown }): void {
  const missing = leaves.filter(({ name, isRequired }) => isRequired && said[name] === undefined);
  const mistakes = missing.map(
    ({ name, choices }) => `--${name} is missing${choices[0] ? `, such as ${choices[0]}` : ""}.`,
  );
  if (mistakes.length > 0) throw new UsageError("The service would refuse this. Nothing was sent.", mistakes);
}

const exampleFile = `

The file, in YAML or JSON; its type says which fields there are:
  name: orders-kafka
  type: Kafka
  bootstrapServers: b-1.orders.example.com:9098
  authentication: { mechanism: SCRAM-512, username: streams, password: … }
  security: { protocol: SASL_SSL }
  networking: { access: { type: PRIVATE_LINK, connectionId: 66f0c1d2e3a4b5c6d7e8f901 } }`;

/** `update`: by flags where there are some, or from a file. */
export function updateCommand<Item>(world: World, resource: Resource<Item>) {
  const { noun, key, changing, waiting } = resource;
  const leaves = leavesFor(changing).map((leaf) => ({ ...leaf, isRequired: false }));
  const [only, ...others] = leaves;
  const what = only && others.length === 0 ? `the ${only.name} of` : "";
  const base = newCommand("update", world.terminal)
    .summary(`${what ? `set ${what}` : "change"} a ${noun}`)
    .description(sentences(`${what ? `Sets ${what}` : "Changes"} a ${noun}.`, changing.about));
  keyArguments(base, key, { last: "one" });
  const command = withWriteOptions(base, leaves, { isMany: false, waits: waiting.goals.includes("done") });
  return command.action(async () => {
    const said = bodyFrom(leaves, command.opts());
    await (await import("./write.js")).update(world, resource, command.args, said, command.opts() as WriteOptions);
  });
}

function sentences(...all: readonly string[]): string {
  return all.filter((sentence) => sentence !== "").join(" ");
}

function leavesFor<Item>({ hasFlags, schemaName }: Writing<Item>): Leaf[] {
  return hasFlags ? leavesOf(schemaName) : [];
}

function withWriteOptions(
  command: Command,
  leaves: readonly Leaf[],
  { isMany, waits }: { isMany: boolean; waits: boolean },
) {
  if (leaves.length > 0) command.optionsGroup("Fields:");
  for (const leaf of leaves) command.option(flagOf(leaf), descriptionOf(leaf));
  command
    .optionsGroup("Options:")
    .option("-f, --file <file>", `JSON or YAML${isMany ? ", many documents" : ""}; - is what is piped in`)
    .option("--dry-run", "print the request without secrets, and send nothing");
  return withSessionOptions(waits ? withWaitOptions(command.option("--wait", "wait until it is ready")) : command);
}

function flagOf({ name, kind }: Leaf): string {
  return `--${name}${kind === "truth" ? "" : kind === "texts" ? " <text...>" : " <text>"}`;
}

function descriptionOf({ description, choices, isRequired }: Leaf): string {
  const known = choices.length > 0 ? ` Known: ${choices.join(", ")}.` : "";
  return `${description}${known}${isRequired ? " Required." : ""}`;
}

function exampleOf(leaves: readonly Leaf[]): string {
  return leaves
    .filter(({ isRequired }) => isRequired)
    .map(({ name, choices: [first] }) => `--${name} ${first ?? "…"}`)
    .join(" ");
}
