import type { PrivateLinkConnection } from "@atlas-streams/client";
import { Option } from "@commander-js/extra-typings";
import { newCommand, type Output, withSessionOptions } from "../command/new-command.js";
import { print } from "../command/print.js";
import { meaningOf, paintState } from "../drawing/state.js";
import { type Session, withSession } from "../session/session.js";
import { durationText, printable } from "../terminal/text.js";
import { UsageError } from "../usage-error.js";
import type { Goal, Outcome } from "../waiting/wait-for-all.js";
import { withWaitOptions } from "../waiting/wait-options.js";
import type { World } from "../world.js";

export function waitCommand(world: World) {
  const command = withSessionOptions(
    withWaitOptions(
      newCommand("wait", world.terminal)
        .alias("watch")
        .summary("wait until connections are ready, or gone")
        .description(
          "Waits until connections are ready for use, or gone. It may be ended and begun again at any time: the connections go their way all the same. It ends at once where one has failed and all others have come to an end.",
        )
        .argument("[connectionIds...]", "the connections to wait for")
        .option("--all", "all of the project that have not come to their end")
        .addOption(
          new Option("--for <goal>", "what to wait for").choices(["done", "deleted"] as const).default("done" as const),
        ),
    ),
  );
  return command.action((connectionIds) =>
    withSession(world, command.opts(), async (session) => {
      const { all, for: goal, output, timeout, interval } = command.opts();
      if (all === connectionIds.length > 0) throw new UsageError("Name connections, or say --all; not both.");
      if (!all && connectionIds.length === 0) throw new UsageError("Name connections, or say --all.");
      const ids = all ? await findUnfinished(session, goal, world.interrupt.signal) : connectionIds;
      if (ids.length === 0 && output === "text") world.terminal.err.write("There is nothing to wait for.\n");
      const { waitForAll } = await import("../waiting/wait-for-all.js");
      const outcomes = await waitForAll(world, session, ids, { goal, timeout, interval });
      await tellOutcomes(world, output, outcomes, { isSingle: !all && ids.length === 1 });
    }),
  );
}

async function findUnfinished({ atlas, groupId }: Session, goal: Goal, signal: AbortSignal): Promise<string[]> {
  const unfinished: string[] = [];
  for await (const { _id, state } of atlas.privateLinkConnections.list({ groupId }, { signal })) {
    const meaning = meaningOf(state);
    if (
      goal === "done" ? meaning === "pending" || meaning === "unknown" || meaning === "failed" : meaning === "deleting"
    )
      unfinished.push(_id);
  }
  return unfinished;
}

/** How outcomes are told. */
interface Telling {
  /** One connection was asked for: one is printed, and its failure is the command's. */
  readonly isSingle: boolean;
  /** What is printed as JSON or YAML. */
  wrap?(connections: readonly PrivateLinkConnection[]): unknown;
}

/** Prints how waits ended; where some failed, the command ends as the worst of them. */
export async function tellOutcomes(
  world: World,
  output: Output,
  outcomes: readonly Outcome[],
  { isSingle, wrap = (connections) => connections }: Telling,
): Promise<void> {
  const { out, err } = world.terminal;
  const errors = outcomes.flatMap((outcome) => ("error" in outcome ? [outcome.error] : []));
  const [firstError] = errors;
  if (isSingle && firstError) throw firstError;
  const ready = outcomes.flatMap((outcome) => ("error" in outcome ? [] : [outcome]));
  const connections = ready.flatMap(({ connection }): PrivateLinkConnection[] => (connection ? [connection] : []));
  await print(out, output, isSingle ? (connections[0] ?? {}) : wrap(connections), () =>
    ready
      .map(({ connectionId, connection, elapsedMs }) => {
        const state = connection?.state ?? "gone";
        return `${connectionId} ${paintState(out, connection ? state : "DELETED", printable(state))} after ${durationText(elapsedMs)}\n`;
      })
      .join(""),
  );
  if (errors.length === 0) return;
  const [{ describeFailure, failureText }, { worstExitCode }] = await Promise.all([
    import("../failure.js"),
    import("../waiting/wait-for-all.js"),
  ]);
  for (const error of errors) err.write(failureText(describeFailure(error), output === "json", undefined));
  world.exitCode = worstExitCode(errors);
}
