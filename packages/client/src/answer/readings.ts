/** How many escapes may stand in each other, and how many readings are tried: what goes beyond is meant to hide. */
const mostLayers = 4;
const mostReadings = 60;

const entities: { readonly [name: string]: string } = {
  amp: "&",
  apos: "'",
  equals: "=",
  gt: ">",
  lt: "<",
  plus: "+",
  quot: '"',
  sol: "/",
};
const blanksByLetter: { readonly [letter: string]: string } = { n: "\n", r: "\r", t: "\t" };

const character = (code: number) => String.fromCharCode(code);
const fromHex = (_: string, ...digits: string[]) => character(Number.parseInt(digits.find(Boolean) ?? "", 16));

/** The ways to read a text: as a URL, JSON or HTML escapes it. */
const readers: readonly ((text: string) => string)[] = [
  (text) => text.replace(/%([\da-f]{2})/gi, fromHex),
  (text) =>
    text.replace(/\\(?:u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2})|(.))/gis, (all, four, braced, two, letter) =>
      letter ? (blanksByLetter[letter] ?? letter) : fromHex(all, four, braced, two),
    ),
  (text) =>
    text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));?/gi, (all, hex, decimal, name) =>
      name ? (entities[name.toLowerCase()] ?? all) : decimal ? character(Number(decimal)) : fromHex(all, hex),
    ),
];

/** Lines may be broken anywhere, and some breaks are not seen; a page in UTF-16 has a zero beside each letter. */
function withoutBlanks(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, "");
}

/** What a text says to whoever undoes its escapes. */
export interface Reading {
  readonly text: string;
  /** Whether lines, and with them words, were joined. */
  readonly isJoined: boolean;
}

/** The text itself, and all that it says where escapes are undone, one in another, and lines are joined. */
export function readingsOf(whole: string): Reading[] {
  const readings: Reading[] = [];
  const seen = new Set<string>();
  let newest: Reading[] = [{ text: whole, isJoined: false }];
  for (let layer = 0; newest.length > 0 && readings.length < mostReadings; layer++) {
    const added = newest.filter(({ text }) => !seen.has(text) && seen.add(text));
    readings.push(...added);
    newest = layer === mostLayers ? [] : added.flatMap(nextReadings);
  }
  return readings;
}

function nextReadings({ text, isJoined }: Reading): Reading[] {
  const undone = readers.map((read) => ({ text: read(text), isJoined }));
  return [...undone, { text: withoutBlanks(text), isJoined: true }].filter((next) => next.text !== text);
}
