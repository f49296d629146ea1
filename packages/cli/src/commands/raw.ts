import { Option } from "@commander-js/extra-typings";
import { InvalidArgumentError } from "commander";
import { newCommand, withSessionOptions } from "../command/new-command.js";
import type { World } from "../world.js";

/** Collects `name=value`; the last of a name counts. */
function pair(text: string, before: { readonly [name: string]: string } = {}): { readonly [name: string]: string } {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Say it as name=value.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

export function rawCommand(world: World) {
  const command = withSessionOptions(
    newCommand("raw", world.terminal)
      .summary("call any operation of the description")
      .description(
        "Calls any operation of the description, with its version, and prints the answer. The path is the template or has the ids in it; {groupId} is the project, if nothing else is said.",
      )
      .argument("[method]", "GET, POST, PATCH, DELETE")
      .argument("[path]", "the path, such as /api/atlas/v2/groups/{groupId}/streams/privateLinkConnections")
      .option("-p, --path <name=value>", "fills in a word of the path", pair)
      .option("-q, --query <name=value>", "a query parameter", pair)
      .addOption(new Option("-d, --data <json>", "the body: JSON, @FILE, or - for what is piped in"))
      .option("--list", "list the operations"),
  );
  return command.action(async (method, path) =>
    (await import("../raw/raw.js")).raw(world, method, path, command.opts()),
  );
}
