import type { Command } from "@commander-js/extra-typings";
import { newCommand } from "../command/new-command.js";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";

/** `help`, `help COMMAND…`, `help TOPIC`. */
export function addHelp(world: World, program: Command): void {
  const command = newCommand("help", world.terminal)
    .summary("help on a command, or on exit-codes, credentials, waiting, proxies")
    .description("Shows the help of a command, or a topic: exit-codes, credentials, waiting, proxies.")
    .argument("[words...]", "a command, such as private-link create, or a topic")
    .action(async (words) => {
      const { topics } = await import("../help/topics.js");
      const topic = topics.get(words.join(" "));
      if (topic) world.terminal.out.write(topic(world.terminal.out));
      else find(program as unknown as AnyCommand, words).outputHelp();
    });
  program.addCommand(command);
}

type AnyCommand = Pick<Command, "name" | "aliases" | "outputHelp"> & { readonly commands: readonly AnyCommand[] };

function find(command: AnyCommand, [word, ...rest]: readonly string[]): AnyCommand {
  if (word === undefined) return command;
  const child = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
  if (child) return find(child, rest);
  throw new UsageError(
    `There is no help on ${word}. Topics are exit-codes, credentials, waiting and proxies; commands are in: atlas-streams --help`,
  );
}
