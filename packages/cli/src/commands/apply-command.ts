import { newCommand, withSessionOptions } from "../command/new-command.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";

const more = `
The file, in YAML or JSON; a list or documents of connections alone are as good:
  projectId: 32b6e34b3d91647abb20e7b8
  connections:
    - { provider: AWS, vendor: MSK, arn: "arn:aws:kafka:…" }
    - { provider: GCP, vendor: PUBSUB, region: us-east4 }

Examples:
  atlas-streams apply --file connections.yaml
  atlas-streams apply --file connections.yaml --check     in CI: changes nothing, exits with 3 where the project differs
  atlas-streams apply --file connections.yaml --yes --timeout 90m`;

export function applyCommand(world: World) {
  const command = withSessionOptions(
    withWaitOptions(
      newCommand("apply", world.terminal)
        .summary("bring a project to the connections that a file says")
        .description(
          "Compares a project with a file, shows what is to be done, asks, makes what is missing, and waits for all. It can be ended and run again at any time.",
        )
        .requiredOption("-f, --file <file>", "the connections that the project is to have; - is what is piped in")
        .option("--check", "change nothing; exit with 3 where the project is not as the file says")
        .option("--prune", "delete what is not in the file")
        .option("-y, --yes", "do not ask")
        .option("--no-wait", "do not wait until all are ready"),
    ),
  ).addHelpText("after", more);
  return command.action(async () => (await import("../apply/apply.js")).apply(world, command.opts()));
}
