import type { Output } from "../command/new-command.js";
import { tellOutcomes } from "../commands/wait.js";
import type { Key, Resource } from "../resources/resource.js";
import type { Session } from "../session/session.js";
import type { World } from "../world.js";
import { type WaitSettings, waitForAll } from "./wait-for-all.js";

/** What a command with `--wait` ends with. */
export async function waitAndTell<Item>(
  world: World,
  session: Session,
  resource: Resource<Item>,
  keys: readonly Key[],
  { output, isSingle, ...settings }: WaitSettings & { readonly output: Output; readonly isSingle: boolean },
): Promise<void> {
  const outcomes = await waitForAll(world, session, resource, keys, settings);
  await tellOutcomes(world, resource, output, outcomes, { isSingle });
}
