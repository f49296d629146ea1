const dated = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+(\w+)$/;

interface Version {
  readonly date: string;
  /** `json`, `gzip`, `csv`. */
  readonly format: string;
}

/**
 * The media type to answer with: what `Accept` names, or of its format the newest version that is not newer than the
 * date that it names. Nothing if it names no date, or only dates before the first version.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  for (const range of (accept ?? "").split(",")) {
    const asked = versionOf(range);
    const mediaType =
      (asked && newestUpTo(asked, offered)) ?? offered.find((each) => each === range.trim().toLowerCase());
    if (mediaType !== undefined) return mediaType;
  }
  return undefined;
}

function newestUpTo(asked: Version, offered: readonly string[]): string | undefined {
  const fitting = offered.flatMap((mediaType) => {
    const version = versionOf(mediaType);
    return version?.format === asked.format && version.date <= asked.date ? [{ mediaType, date: version.date }] : [];
  });
  return fitting.sort((one, other) => other.date.localeCompare(one.date))[0]?.mediaType;
}

/** Whether an operation answers in versions at all: those of OAuth do not. */
export function isVersioned(offered: readonly string[]): boolean {
  return offered.some((mediaType) => versionOf(mediaType) !== undefined);
}

/** Clients ask for the same few types again and again. */
const versions = new Map<string, Version | undefined>();
const mostVersions = 1000;

function versionOf(mediaType: string): Version | undefined {
  if (versions.has(mediaType)) return versions.get(mediaType);
  const [type = ""] = mediaType.split(";");
  const [, date, format] = dated.exec(type.trim().toLowerCase()) ?? [];
  const found = date !== undefined && format !== undefined && isDate(date) ? { date, format } : undefined;
  if (versions.size < mostVersions) versions.set(mediaType, found);
  return found;
}

/** Whether the calendar has such a day; `Date` counts 30 February as 2 March. */
function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
