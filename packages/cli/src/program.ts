import { newCommand } from "./command/new-command.js";
import { accountCommand } from "./commands/account.js";
import { applyCommand } from "./commands/apply-command.js";
import { addCompletion } from "./commands/completion.js";
import { createCommand } from "./commands/create-command.js";
import { deleteCommand } from "./commands/delete.js";
import { doctorCommand } from "./commands/doctor.js";
import { getCommand } from "./commands/get.js";
import { addHelp } from "./commands/help.js";
import { listCommand } from "./commands/list.js";
import { loginCommand } from "./commands/login.js";
import { mockCommand } from "./commands/mock-command.js";
import { rawCommand } from "./commands/raw.js";
import { waitCommand } from "./commands/wait.js";
import { createNamedCommand, updateCommand } from "./commands/write-command.js";
import { kinds } from "./kinds/kinds.js";
import { connection } from "./resources/connection.js";
import { privateLink } from "./resources/private-link.js";
import type { NamedResource } from "./resources/resource.js";
import { workspace } from "./resources/workspace.js";
import type { World } from "./world.js";

/** All commands. What a command does is imported when it is called. */
export function createProgram(world: World) {
  const program = newCommand("atlas-streams", world.terminal)
    .description("Private Link connections of MongoDB Atlas Stream Processing.")
    .version(CLI_VERSION, "-V, --version", "show the version")
    .addCommand(privateLinkCommand(world))
    .addCommand(namedCommand(world, workspace))
    .addCommand(namedCommand(world, connection))
    .addCommand(applyCommand(world))
    .addCommand(rawCommand(world))
    .addCommand(mockCommand(world))
    .addCommand(loginCommand(world))
    .addCommand(doctorCommand(world))
    .addHelpText("after", more);
  addCompletion(world, program);
  addHelp(world, program);
  return program;
}

const more = `
Begin without an account:
  atlas-streams private-link list --mock     one command, asking a mock
  atlas-streams mock --shell                 a shell in which all commands ask a mock
Or with one:
  atlas-streams login
  atlas-streams doctor
Read on: atlas-streams help exit-codes, credentials, waiting, proxies`;

function namedCommand<Item>(world: World, resource: NamedResource<Item>) {
  const { command, aliases, plural, place } = resource;
  return newCommand(command, world.terminal)
    .aliases(aliases)
    .summary(`the ${plural} of a ${place}`)
    .description(`The ${plural} of a ${place}.`)
    .addCommand(getCommand(world, resource))
    .addCommand(listCommand(world, resource))
    .addCommand(createNamedCommand(world, resource))
    .addCommand(updateCommand(world, resource))
    .addCommand(deleteCommand(world, resource))
    .addCommand(waitCommand(world, resource));
}

function privateLinkCommand(world: World) {
  const { command, aliases, plural } = privateLink;
  return newCommand(command, world.terminal)
    .aliases(aliases)
    .summary(`the ${plural} of a project`)
    .description(`The ${plural} of a project.`)
    .addCommand(getCommand(world, privateLink))
    .addCommand(listCommand(world, privateLink))
    .addCommand(createCommand(world, kinds))
    .addCommand(updateCommand(world, privateLink))
    .addCommand(deleteCommand(world, privateLink))
    .addCommand(waitCommand(world, privateLink))
    .addCommand(accountCommand(world));
}
