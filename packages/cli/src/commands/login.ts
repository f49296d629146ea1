import { newCommand } from "../command/new-command.js";
import { parseProjectId } from "../session/project-id.js";
import type { World } from "../world.js";

export function loginCommand(world: World) {
  const command = newCommand("login", world.terminal)
    .summary("write credentials into a profile, and check them")
    .description(
      "Asks for credentials, checks them at once, and writes them into a profile of ~/.config/atlas-streams/config.yaml, a file that you alone can read. Secrets are never taken from the command line: others could see them there.",
    )
    .option("-P, --profile <name>", "the profile to write", "default")
    .option("--baseUrl <url>", "where the service is, if it is not https://cloud.mongodb.com")
    .option("--projectId <id>", "the project of this profile", parseProjectId);
  return command.action(async () => (await import("../session/login.js")).login(world, command.opts()));
}
