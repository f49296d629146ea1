import { Option } from "@commander-js/extra-typings";
import { keyArguments, newCommand, type Output, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import { type Meaning, meaningOf, paintState } from "../drawing/state.js";
import type { Goal, Key, Resource } from "../resources/resource.js";
import { type Session, withSession } from "../session/session.js";
import { durationText, printable } from "../terminal/text.js";
import { UsageError } from "../usage-error.js";
import type { Outcome } from "../waiting/wait-for-all.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";

export function waitCommand<Item>(world: World, resource: Resource<Item>) {
  const { plural, place, waiting } = resource;
  const isForReady = waiting.goals.includes("done");
  const goals = new Option("--for <goal>", "what to wait for").choices(waiting.goals).default(waiting.goals[0]);
  const base = newCommand("wait", world.terminal)
    .alias("watch")
    .summary(`wait until ${plural} are ${isForReady ? "ready, or gone" : "gone"}`)
    .description(
      `Waits until ${plural} are ${isForReady ? "ready for use, or gone" : "gone"}. It may be ended and begun again at any time: they go their way all the same.${isForReady ? " It ends at once where one has failed and all others have come to an end." : ""}`,
    );
  keyArguments(base, resource.key, { last: isForReady ? "any" : "some" });
  if (isForReady) base.option("--all", `all of the ${place} that have not come to their end`);
  const command = withSessionOptions(withWaitOptions(base.addOption(goals)));
  return command.action(() =>
    withSession(world, command.opts(), async (session) => {
      const { output, timeout, interval, ...others } = command.opts();
      const { all = false, for: goal } = others as { readonly all?: boolean; readonly for: Goal };
      const scope = command.args.slice(0, resource.key.length - 1);
      const names = command.args.slice(resource.key.length - 1);
      if (all && names.length > 0) throw new UsageError(`Name ${plural}, or say --all; not both.`);
      if (!all && names.length === 0) throw new UsageError(`Name ${plural}, or say --all.`);
      const { signal } = world.interrupt;
      const keys = all
        ? await findUnfinished(resource, session, scope, goal, signal)
        : names.map((name) => [...scope, name]);
      if (keys.length === 0 && output === "text") world.terminal.err.write("There is nothing to wait for.\n");
      const { waitAndTell } = await import("../waiting/wait-and-tell.js");
      const isSingle = !all && keys.length === 1;
      await waitAndTell(world, session, resource, keys, { goal, output, timeout, interval, isSingle });
    }),
  );
}

/** What has not come to the goal, nor ever will without being asked for. */
const unfinished: { readonly [goal in Goal]: readonly Meaning[] } = {
  done: ["pending", "unknown", "failed"],
  deleted: ["deleting"],
};

async function findUnfinished<Item>(
  resource: Resource<Item>,
  session: Session,
  scope: Key,
  goal: Goal,
  signal: AbortSignal,
): Promise<Key[]> {
  const keys: Key[] = [];
  for await (const item of resource.list(session, scope, { signal }))
    if (unfinished[goal].includes(meaningOf(resource.stateOf(item)))) keys.push([...scope, resource.nameOf(item)]);
  return keys;
}

/** How outcomes are told. */
interface Telling<Item> {
  /** One was asked for: one is printed, and its failure is the command's. */
  readonly isSingle: boolean;
  /** What is printed as JSON or YAML. */
  wrap?(items: readonly Item[]): unknown;
}

/** Prints how waits ended; where some failed, the command ends as the worst of them. */
export async function tellOutcomes<Item>(
  world: World,
  { stateOf }: Resource<Item>,
  output: Output,
  outcomes: readonly Outcome<Item>[],
  { isSingle, wrap = (items) => items }: Telling<Item>,
): Promise<void> {
  const { out, err } = world.terminal;
  const errors = outcomes.flatMap((outcome) => ("error" in outcome ? [outcome.error] : []));
  const [firstError] = errors;
  if (isSingle && firstError) throw firstError;
  const ready = outcomes.flatMap((outcome) => ("error" in outcome ? [] : [outcome]));
  const items = ready.flatMap(({ item }): Item[] => (item === undefined ? [] : [item]));
  await print(out, output, isSingle ? (items[0] ?? {}) : wrap(items), () =>
    ready
      .map(({ name, item, elapsedMs }) => {
        const state = item === undefined ? "gone" : (stateOf(item) ?? "there");
        return `${name} ${paintState(out, item === undefined ? "DELETED" : state, printable(state))} after ${durationText(elapsedMs)}\n`;
      })
      .join(""),
  );
  if (errors.length === 0) return;
  const [{ describeFailure, failureText }, { worstExitCode }] = await Promise.all([
    import("../failure.js"),
    import("../waiting/wait-for-all.js"),
  ]);
  for (const error of errors) err.write(failureText(describeFailure(error, world.flags), output === "json", undefined));
  world.exitCode = worstExitCode(errors);
}
