import type { Content, RequestBody, Response } from "../description/description.js";
import { isSuccess, type Place } from "../description/operations.js";
import type { Find } from "../description/references.js";
import { isJson } from "../write/table.js";

/** Which version of each operation is taken. */
export interface VersionChoice {
  /** The newest one up to this date, `YYYY-MM-DD`; without it the newest. */
  readonly asOf?: string | undefined;
  /** Whether an operation that has nothing else is taken as a preview. */
  readonly previews?: boolean | undefined;
}

const versioned = /^application\/vnd\.[\w.-]+\.(\d{4}-\d{2}-\d{2}|preview)(\.upcoming)?\+\w+\s*(;|$)/;

/** The version in a media type: a date, or `preview` for what may still change; undefined where it has none. */
export function versionOf(mediaType: string): string | undefined {
  const [, version, upcoming] = versioned.exec(mediaType.toLowerCase()) ?? [];
  return upcoming ? "preview" : version;
}

/** The dated versions and previews that an operation answers in, the oldest first. */
export function versionsOf({ operation }: Place, find: Find): string[] {
  const versions = Object.entries(operation.responses)
    .filter(([status]) => isSuccess(status))
    .flatMap(([, response]) => Object.keys(find<Response>(response).content ?? {}).map(versionOf));
  return [...new Set(versions.filter((version) => version !== undefined))].sort();
}

/**
 * Leaves an operation with one version: the other media types go, and the statuses that only they have. Of several
 * formats of that version JSON stays. Gives false where no version is to be had.
 */
export function chooseVersion(place: Place, choice: VersionChoice, find: Find): boolean {
  const { operation } = place;
  const versions = versionsOf(place, find);
  const chosen = newest(versions, choice);
  if (versions.length > 0 && !chosen) return false;
  for (const [status, reference] of Object.entries(operation.responses)) {
    const response = find<Response>(reference);
    const content = narrow(response.content, chosen);
    if (!response.content || content === response.content) continue;
    if (content) operation.responses[status] = { ...response, content };
    else delete operation.responses[status];
  }
  const body = operation.requestBody && find<RequestBody>(operation.requestBody);
  const offered = Object.keys(body?.content ?? {}).flatMap((mediaType) => versionOf(mediaType) ?? []);
  const taken = offered.includes(chosen ?? "") ? chosen : newest(offered.sort(), { ...choice, asOf: chosen });
  const content = narrow(body?.content, taken ?? chosen);
  if (body && content) operation.requestBody = { ...body, content };
  else if (body) delete operation.requestBody;
  return true;
}

function newest(versions: readonly string[], { asOf, previews }: VersionChoice): string | undefined {
  const dated = versions.filter((version) => version !== "preview" && (!asOf || asOf === "preview" || version <= asOf));
  return dated.at(-1) ?? (previews && versions.includes("preview") ? "preview" : undefined);
}

/** The media types of one version, JSON before others; undefined where none is left. */
function narrow(content: Content | undefined, version: string | undefined): Content | undefined {
  if (!content) return undefined;
  const types = Object.keys(content);
  const kept = types.filter((mediaType) => versionOf(mediaType) === undefined || versionOf(mediaType) === version);
  const json = kept.filter(isJson);
  const left = version !== undefined && json.length > 0 ? json : kept;
  if (left.length === types.length) return content;
  const chosen = left.flatMap((mediaType): [string, Content[string]][] => {
    const media = content[mediaType];
    return media ? [[mediaType, media]] : [];
  });
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}
