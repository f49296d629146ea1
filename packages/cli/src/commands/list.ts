import { keyArguments, newCommand, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import type { Resource } from "../resources/resource.js";
import { withSession } from "../session/session.js";
import type { Screen } from "../terminal/terminal.js";
import { printable, proseFor } from "../terminal/text.js";
import type { World } from "../world.js";

export function listCommand<Item>(world: World, resource: Resource<Item>) {
  const { out, err } = world.terminal;
  const base = newCommand("list", world.terminal)
    .alias("ls")
    .summary(`list the ${resource.plural} of a ${resource.place}`)
    .description(
      `Lists the ${resource.plural} of a ${resource.place}, as wide as the terminal is. With --output json or yaml they are exactly the service's objects.`,
    );
  keyArguments(base, resource.key.slice(0, -1), { last: "one" });
  for (const { option, description } of resource.filters) base.option(`--${option} <${option}>`, description);
  const command = withSessionOptions(base);
  return command.action(() =>
    withSession(world, command.opts(), async (session) => {
      const { output, ...wanted } = command.opts();
      const items: Item[] = [];
      for await (const item of resource.list(session, command.args, { signal: world.interrupt.signal }))
        if (isWanted(resource, item, wanted)) items.push(item);
      if (items.length === 0 && output === "text") err.write(`There are no such ${resource.plural}.\n`);
      else await print(out, output, items, () => listText(resource, items, out));
    }),
  );
}

export async function listText<Item>(
  resource: Resource<Item>,
  items: readonly Item[],
  screen: Screen,
): Promise<string> {
  const { table } = await import("../terminal/table.js");
  const remarks = items.map((item) => resource.remark(item)).filter((remark) => remark !== undefined);
  const lines = table(items, resource.columns(screen), screen.width, (text) => screen.paint("bold", text));
  return lines + remarks.map((remark) => `${proseFor(screen, printable(remark))}\n`).join("");
}

function isWanted<Item>({ filters }: Resource<Item>, item: Item, wanted: { readonly [option: string]: unknown }) {
  return filters.every(({ option, value }) => {
    const { [option]: text } = wanted;
    return typeof text !== "string" || value(item)?.toUpperCase() === text.toUpperCase();
  });
}
