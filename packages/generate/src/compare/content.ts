import type { Content } from "../description/description.js";
import { versionOf } from "../select/versions.js";
import { isJson } from "../write/table.js";
import type { Place, Tell } from "./change.js";
import { type Context, compareSchemas } from "./schemas.js";

export interface ContentOptions {
  /** Whether each side is one version of each operation: then another version is the same operation, moved on. */
  readonly versionsMove?: boolean | undefined;
}

/** Compares the bodies that may be sent or come, by media type. */
export function compareContent(
  context: Context,
  from: Content,
  to: Content,
  { versionsMove = false, isError = false }: ContentOptions & { readonly isError?: boolean },
): void {
  const place: Place = { path: "", part: context.part, isShared: false };
  const kind = (mediaType: string) => keyOf(mediaType, versionsMove);
  const [before, after] = [byKind(from, kind), byKind(to, kind)];
  for (const [key, [mediaType, media]] of before) {
    const match = after.get(key);
    if (!match) {
      context.report(
        place,
        isError ? "patch" : "major",
        `comes no longer as ${mediaType}`.replace("comes", verb(context)),
      );
      continue;
    }
    const [newType, newMedia] = match;
    const version = versionOf(newType);
    if (version !== versionOf(mediaType))
      context.report(place, "minor", `is of version ${version}, was ${versionOf(mediaType)}`);
    compareEnds(media, newMedia, (level, what) => context.report(place, level, `${newType} ${what}`));
    if (media.schema && newMedia.schema) compareSchemas(context, media.schema, newMedia.schema);
    else if (media.schema ?? newMedia.schema) tellOfSchema(context, place, newMedia.schema !== undefined);
  }
  for (const [key, [mediaType]] of after) if (!before.has(key)) context.report(place, "minor", `may be ${mediaType}`);
}

/** Tells of a date after which there is no such thing any more. */
export function compareEnds(from: Ending, to: Ending, tell: Tell): void {
  const [before, after] = [from["x-sunset"], to["x-sunset"]];
  if (before === after) return;
  tell(
    after === undefined ? "patch" : "minor",
    after === undefined ? `no longer ends on ${before}` : `ends on ${after}`,
  );
}

type Ending = { readonly [extension: `x-${string}`]: unknown };

function tellOfSchema({ direction, report }: Context, place: Place, isFresh: boolean): void {
  const isBroken = isFresh === (direction === "request");
  report(place, isBroken ? "major" : "minor", isFresh ? "is now described" : "is no longer described");
}

function verb({ direction }: Context): string {
  return direction === "request" ? "is taken" : "comes";
}

function byKind(content: Content, kind: (mediaType: string) => string) {
  return new Map(Object.entries(content).map((entry) => [kind(entry[0]), entry] as const));
}

/** A media type as it is compared: parameters such as a character set aside, and the version too where it may move. */
function keyOf(mediaType: string, versionsMove: boolean): string {
  const bare = mediaType.toLowerCase().split(";")[0]?.trim() ?? "";
  if (!versionsMove || versionOf(bare) === undefined) return bare;
  return isJson(bare) ? "json" : (bare.split("+").at(-1) ?? bare);
}
