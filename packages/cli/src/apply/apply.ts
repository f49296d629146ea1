import type { PrivateLinkConnection } from "@atlas-streams/client";
import type { Output } from "../command/new-command.js";
import { print } from "../command/print.js";
import { tellOutcomes } from "../commands/wait.js";
import { meaningOf } from "../drawing/state.js";
import { exitCodes } from "../exit-codes.js";
import { describeFailure, failureText } from "../failure.js";
import { privateLink } from "../resources/private-link.js";
import { type Session, type SessionOptions, withSession } from "../session/session.js";
import { UsageError } from "../usage-error.js";
import { waitForAll, worstExitCode } from "../waiting/wait-for-all.js";
import type { World } from "../world.js";
import { carryOut } from "./carry-out.js";
import { isDiffering, makePlan, type Plan } from "./plan.js";
import { readWanted, type Wanted } from "./read-wanted.js";
import { planText } from "./show-plan.js";

export interface ApplyOptions extends SessionOptions {
  readonly file: string;
  readonly output: Output;
  readonly check?: boolean | undefined;
  readonly prune?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly timeout?: number | undefined;
  readonly interval?: number | undefined;
}

/** Brings a project to what a file says, as far as the API can. */
export async function apply(world: World, options: ApplyOptions): Promise<void> {
  const wanted = await readWanted(options.file);
  const projectId = projectOf(wanted, options);
  await withSession(world, { ...options, projectId }, async (session) => {
    const plan = makePlan(wanted.connections, await readPresent(world, session));
    const { prune = false, check = false, output } = options;
    const { out } = world.terminal;
    if (check || output === "text") await print(out, output, plan, () => planText(plan, out, prune));
    else world.terminal.err.write(planText(plan, world.terminal.err, prune));
    const isAsSaid = !plan.some((step) => isDiffering(step, prune));
    if (check) {
      world.exitCode = isAsSaid ? exitCodes.done : exitCodes.differs;
      return;
    }
    const toDo = plan.filter(
      ({ action }) => /^(make|set domain|being removed)$/.test(action) || (action === "not in the file" && prune),
    );
    if (toDo.length > 0 && !(await isAgreed(world, options, toDo.length))) return;
    await bring(world, session, plan, options);
  });
}

function projectOf(wanted: Wanted, { projectId, file }: ApplyOptions): string | undefined {
  if (projectId && wanted.projectId && projectId !== wanted.projectId)
    throw new UsageError(`${file} is for the project ${wanted.projectId}, and --projectId says ${projectId}.`);
  return wanted.projectId ?? projectId;
}

async function readPresent({ interrupt: { signal } }: World, { atlas, groupId }: Session) {
  const present: PrivateLinkConnection[] = [];
  for await (const connection of atlas.privateLinkConnections.list({ groupId, itemsPerPage: 500 }, { signal }))
    present.push(connection);
  return present;
}

async function isAgreed(world: World, { yes }: ApplyOptions, count: number): Promise<boolean> {
  if (yes) return true;
  if (!world.terminal.isInteractive)
    throw new UsageError(
      "Nobody can be asked here. Say --yes to go ahead, or --check to only look. Nothing was changed.",
    );
  const { isAgreed: agree } = await import("../command/ask.js");
  if (await agree(world, `Do ${count === 1 ? "this" : `these ${count}`}?`)) return true;
  world.terminal.err.write("Nothing was changed.\n");
  return false;
}

async function bring(world: World, session: Session, plan: Plan, options: ApplyOptions): Promise<void> {
  const { prune = false, output, wait = true, timeout, interval } = options;
  const { err } = world.terminal;
  world.interrupt.hint = "What was made stays. Go on: run the same command again.";
  const { made, removed, errors } = await carryOut(world, session, plan, prune);
  const pending = plan.flatMap(({ action, connection }) =>
    action === "as it is" && connection && meaningOf(connection.state) !== "ready" ? [connection._id] : [],
  );
  for (const { step, error } of errors) {
    const failure = describeFailure(error);
    err.write(failureText({ ...failure, text: `${step.kind}: ${failure.text}` }, output === "json", undefined));
  }
  if (wait) {
    const keys = (ids: readonly string[]) => ids.map((id) => [id]);
    const coming = keys([...made, ...pending]);
    const ready = await waitForAll(world, session, privateLink, coming, { goal: "done", timeout, interval });
    const gone = await waitForAll(world, session, privateLink, keys(removed), { goal: "deleted", timeout, interval });
    const wrap = (connections: readonly PrivateLinkConnection[]) => ({ plan, connections });
    await tellOutcomes(world, privateLink, output, [...ready, ...gone], { isSingle: false, wrap });
  } else if (output !== "text") await print(world.terminal.out, output, { plan }, () => "");
  world.interrupt.hint = undefined;
  tellRest(world, plan);
  if (errors.length > 0 && world.exitCode === exitCodes.done)
    world.exitCode = worstExitCode(errors.map(({ error }) => error));
}

/** What no run of this command can bring about: somebody has to look. */
function tellRest(world: World, plan: Plan): void {
  const failed = plan.filter(({ action }) => action === "failed");
  const differing = plan.filter(({ action }) => action === "differs");
  const {
    terminal: { err },
    flags,
  } = world;
  for (const { connection, kind } of failed)
    err.write(
      `${kind} ${connection?._id} has failed and stays so. Mend the cause, delete it, and apply again: atlas-streams private-link delete ${connection?._id} --wait${flags}\n`,
    );
  for (const { connection, kind, why } of differing)
    err.write(
      `${kind} ${connection?._id} differs: ${why}. To have it as the file says, delete it and apply again: atlas-streams private-link delete ${connection?._id} --wait${flags}\n`,
    );
  if (world.exitCode !== exitCodes.done) return;
  if (failed.length > 0) world.exitCode = exitCodes.failedState;
  else if (differing.length > 0) world.exitCode = exitCodes.differs;
}
