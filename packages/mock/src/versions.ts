const dated = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;

/**
 * The media type to answer with: the newest version that is not newer than a date that `Accept` names. Nothing if it
 * names no date, or only dates before the first version.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  for (const asked of (accept ?? "").split(",").map(dateOf)) {
    const version = asked && newestUpTo(asked, offered);
    if (version) return version;
  }
  return undefined;
}

function newestUpTo(asked: string, offered: readonly string[]): string | undefined {
  const versions = offered.flatMap((mediaType) => {
    const date = dateOf(mediaType);
    return date !== undefined && date <= asked ? [{ mediaType, date }] : [];
  });
  return versions.sort((one, other) => other.date.localeCompare(one.date))[0]?.mediaType;
}

/** Whether an operation answers in versions at all: those of OAuth do not. */
export function isVersioned(offered: readonly string[]): boolean {
  return offered.some((mediaType) => dateOf(mediaType) !== undefined);
}

/** Clients ask for the same few types again and again. */
const dates = new Map<string, string | undefined>();
const mostDates = 1000;

function dateOf(mediaType: string): string | undefined {
  if (dates.has(mediaType)) return dates.get(mediaType);
  const [type = ""] = mediaType.split(";");
  const date = dated.exec(type.trim().toLowerCase())?.[1];
  const found = date !== undefined && isDate(date) ? date : undefined;
  if (dates.size < mostDates) dates.set(mediaType, found);
  return found;
}

/** Whether the calendar has such a day; `Date` counts 30 February as 2 March. */
function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
