import { newCommand, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import { fieldsOf } from "../resources/fields.js";
import { withSession } from "../session/session.js";
import type { World } from "../world.js";

export function accountCommand(world: World) {
  const { out } = world.terminal;
  const command = withSessionOptions(
    newCommand("account", world.terminal)
      .summary("show the account that reaches out from a region")
      .description(
        "Shows the account at a cloud provider, and the network, from which the stream processors of a project reach out: what the other side has to let in.",
      )
      .requiredOption("--cloudProvider <provider>", "aws, azure or gcp")
      .requiredOption("--region <name>", "the region, as Atlas spells regions: US_EAST_1"),
  );
  return command.action(() =>
    withSession(world, command.opts(), async ({ atlas, groupId }) => {
      const { cloudProvider, region, output } = command.opts();
      const parameters = { groupId, cloudProvider: cloudProvider.toLowerCase(), regionName: region };
      const account = await atlas.streams.getAccountDetails(parameters, { signal: world.interrupt.signal });
      await print(out, output, account, () => fieldsOf(account, { screen: out }));
    }),
  );
}
