import type { Description } from "../description/description.js";
import { listOperations, nameOf, type Place, writePathsOut } from "../description/operations.js";
import { resolver } from "../description/references.js";
import { UsageError } from "../usage-error.js";
import { breakCircles } from "./circles.js";
import { cutLoops } from "./loops.js";
import { mendTypes } from "./mend-types.js";
import { lay } from "./overlay.js";
import { keepReachable } from "./reachable.js";
import { tagBranches } from "./tag-branches.js";
import { chooseVersion, type VersionChoice, versionsOf } from "./versions.js";

/** Which part of a description is wanted; without tags and ids all of it. */
export interface Choice extends VersionChoice {
  readonly tags?: readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Facts to lay over the description. */
  readonly overlay?: unknown;
}

/** A part of a description, and what was left out of it for want of a version. */
export interface Selected {
  readonly description: Description;
  readonly leftOut: readonly string[];
}

/**
 * The part of a description that is wanted, in one version of each operation, with nothing else in it and no circle of
 * `oneOf` and `allOf`. The description that is given stays as it is.
 *
 * @throws `UsageError` where a tag, an id or an overlay names what is not there, or an operation asked for by its id has no such version
 */
export function select(given: Description, choice: Choice = {}): Selected {
  const description = structuredClone(given);
  writePathsOut(description);
  if (choice.overlay !== undefined) lay(choice.overlay, description);
  const places = listOperations(description);
  requireNamed(places, choice);
  const find = resolver(description);
  const leftOut: string[] = [];
  for (const place of places) {
    if (isWanted(place, choice)) {
      const versions = versionsOf(place, find);
      if (chooseVersion(place, choice, find)) continue;
      const name = nameOf(place);
      const upTo = choice.asOf ? ` up to ${choice.asOf}` : "";
      if (choice.ids?.includes(name))
        throw new UsageError(`${name} has no version${upTo}, only ${versions.join(", ")}`);
      leftOut.push(name);
    }
    delete place.item[place.method];
  }
  const left = new Set(listOperations(description).map(({ path }) => path));
  for (const path of Object.keys(description.paths)) if (!left.has(path)) delete description.paths[path];
  tagBranches(description, breakCircles(description));
  cutLoops(description);
  mendTypes(description);
  keepReachable(description);
  const used = new Set(listOperations(description).flatMap(({ operation }) => operation.tags ?? []));
  if (description.tags) description.tags = description.tags.filter(({ name }) => used.has(name));
  return { description, leftOut };
}

function isWanted(place: Place, { tags, ids }: Choice): boolean {
  if (!tags && !ids) return true;
  return (ids ?? []).includes(nameOf(place)) || (tags ?? []).some((tag) => place.operation.tags?.includes(tag));
}

function requireNamed(places: readonly Place[], { tags = [], ids = [] }: Choice): void {
  for (const tag of tags)
    if (!places.some(({ operation }) => operation.tags?.includes(tag)))
      throw new UsageError(`no operation of the description has the tag ${tag}`);
  for (const id of ids)
    if (!places.some((place) => nameOf(place) === id)) throw new UsageError(`the description has no operation ${id}`);
}
