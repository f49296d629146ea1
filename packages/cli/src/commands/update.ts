import { newCommand, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import { privateLink } from "../resources/private-link.js";
import { withSession } from "../session/session.js";
import { UsageError } from "../usage-error.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";

export function updateCommand(world: World) {
  const { out } = world.terminal;
  const command = withSessionOptions(
    withWaitOptions(
      newCommand("update", world.terminal)
        .summary("set the domain of a connection")
        .description(
          "Sets the domain of a connection. The service allows it where none is set, or while the connection is IDLE; it has no other update.",
        )
        .argument("<connectionId>", privateLink.key[0]?.description)
        .requiredOption("--dnsDomain <name>", "host name of the cluster's domain")
        .option("--wait", "wait until it is ready"),
    ),
  );
  return command.action((connectionId) =>
    withSession(world, command.opts(), async (session) => {
      const { dnsDomain, wait, output, timeout, interval } = command.opts();
      const { atlas, groupId } = session;
      if (!dnsDomain) throw new UsageError("--dnsDomain has to be a host name.");
      const { signal } = world.interrupt;
      const body = { dnsDomain };
      const connection = await atlas.privateLinkConnections.update({ groupId, connectionId, body }, { signal });
      if (!wait) return print(out, output, connection, () => privateLink.draw(connection, { groupId, screen: out }));
      const [{ waitForAll }, { tellOutcomes }] = await Promise.all([
        import("../waiting/wait-for-all.js"),
        import("./wait.js"),
      ]);
      const outcomes = await waitForAll(world, session, [connectionId], { goal: "done", timeout, interval });
      await tellOutcomes(world, output, outcomes, { isSingle: true });
    }),
  );
}
