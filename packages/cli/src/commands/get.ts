import { keyArguments, newCommand, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import type { Resource } from "../resources/resource.js";
import { withSession } from "../session/session.js";
import type { World } from "../world.js";

export function getCommand<Item>(world: World, resource: Resource<Item>) {
  const { out } = world.terminal;
  const command = withSessionOptions(newCommand("get", world.terminal))
    .alias("describe")
    .summary(`show one ${resource.noun}`)
    .description(`Shows one ${resource.noun}. With --output json or yaml it is exactly the service's object.`);
  keyArguments(command, resource.key, { last: "one" });
  return command.action(() =>
    withSession(world, command.opts(), async (session) => {
      const item = await resource.get(session, command.args, { signal: world.interrupt.signal });
      const { groupId } = session;
      await print(out, command.opts().output, item, () =>
        resource.draw(item, { groupId, screen: out, flags: world.flags }),
      );
    }),
  );
}
