const dated = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;

/**
 * The media type to answer with: the newest version that is not newer than a date that `Accept` names. Nothing if it
 * names no date, or only dates before the first version.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  const versions = offered
    .map((mediaType) => ({ mediaType, date: dateOf(mediaType) }))
    .filter(({ date }) => date !== undefined)
    .sort((one, other) => (other.date ?? "").localeCompare(one.date ?? ""));
  for (const asked of (accept ?? "").split(",").map(dateOf)) {
    const version = asked && versions.find(({ date }) => date !== undefined && date <= asked);
    if (version) return version.mediaType;
  }
  return undefined;
}

/** Whether an operation answers in versions at all: those of OAuth do not. */
export function isVersioned(offered: readonly string[]): boolean {
  return offered.some((mediaType) => dateOf(mediaType) !== undefined);
}

function dateOf(mediaType: string): string | undefined {
  const [type = ""] = mediaType.split(";");
  const date = dated.exec(type.trim().toLowerCase())?.[1];
  return date !== undefined && isDate(date) ? date : undefined;
}

/** Whether the calendar has such a day; `Date` counts 30 February as 2 March. */
function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
