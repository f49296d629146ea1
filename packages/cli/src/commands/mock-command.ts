import { parseDuration } from "../command/duration.js";
import { newCommand } from "../command/new-command.js";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";

const more = `
Examples:
  atlas-streams mock --port 4010              the same as atlas-streams-mock --port 4010
  atlas-streams mock --shell                  a shell in which all commands ask the mock, until it ends
  atlas-streams mock --shell -- sh demo.sh    the same for one command`;

export function mockCommand(world: World) {
  const command = newCommand("mock", world.terminal)
    .summary("run a mock of the service; with --shell, try everything without an account")
    .description(
      "Runs a mock of the service on this machine, as atlas-streams-mock does, whose options it takes: atlas-streams-mock --help. With --shell it opens a shell in which all commands ask the mock; what is made there lives until the shell ends.",
    )
    .argument("[words...]", "options of atlas-streams-mock; with --shell, a command to run instead of a shell")
    .option("--shell", "open a shell with the mock's credentials in its environment")
    .option(
      "--pace <duration>",
      "with --shell: how long each state of a connection lasts; 4s if nothing is said",
      parseDuration,
    )
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText("after", more);
  return command.action(async (words) => {
    const { mockShell, serveMock } = await import("../mock/serve.js");
    const { shell, pace } = command.opts();
    if (pace !== undefined && !shell)
      throw new UsageError("--pace goes with --shell. For a mock alone: --scenario FILE");
    world.exitCode = shell ? await mockShell(world, words, pace) : await serveMock(words);
  });
}
