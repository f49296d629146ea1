import { keyArguments, newCommand, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import type { Resource } from "../resources/resource.js";
import { withSession } from "../session/session.js";
import { UsageError } from "../usage-error.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";
import { listText } from "./list.js";

export function deleteCommand<Item>(world: World, resource: Resource<Item>) {
  const { out, err, isInteractive } = world.terminal;
  const base = newCommand("delete", world.terminal)
    .alias("rm")
    .summary(`delete ${resource.plural}`)
    .description(`Shows the ${resource.plural} that it is going to delete, asks, and deletes them.`);
  keyArguments(base, resource.key, { last: "some" });
  const command = withSessionOptions(
    withWaitOptions(base.option("-y, --yes", "do not ask").option("--wait", "wait until they are gone")),
  );
  return command.action(() =>
    withSession(world, command.opts(), async (session) => {
      const { yes, wait, output, timeout, interval } = command.opts();
      const { signal } = world.interrupt;
      const scope = command.args.slice(0, resource.key.length - 1);
      const names = command.args.slice(resource.key.length - 1);
      if (!yes && !isInteractive)
        throw new UsageError("Nobody can be asked here. Say --yes to delete without a question.");
      const items: Item[] = [];
      for (const name of names) items.push(await resource.get(session, [...scope, name], { signal }));
      if (!yes) {
        err.write(await listText(resource, items, err));
        const { isAgreed } = await import("../command/ask.js");
        if (!(await isAgreed(world, `Delete ${items.length === 1 ? "it" : `these ${items.length}`}?`))) {
          err.write("Nothing was deleted.\n");
          return;
        }
      }
      for (const name of names) {
        await resource.delete(session, [...scope, name], { signal });
        err.write(`${name} is being removed.\n`);
      }
      if (!wait) return print(out, output, items, () => "");
      const { waitAndTell } = await import("../waiting/wait-and-tell.js");
      const keys = names.map((name) => [...scope, name]);
      await waitAndTell(world, session, resource, keys, {
        goal: "deleted",
        output,
        timeout,
        interval,
        isSingle: false,
      });
    }),
  );
}
