/** What would move a cursor, change a colour or turn the direction of writing: no text of the service may do that. */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text of the service's as it may be shown in a terminal: on one line, and harmless. */
export function printable(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.replaceAll(/\s*[\r\n\t]\s*/g, " ").replaceAll(unprintable, "\ufffd");
}

/** JSON as it may be shown in a terminal: the same value, with everything unprintable written as an escape. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(unprintable, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Keeps both ends of a text that is too long: the ends of ids and addresses tell them apart. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width < 2) return text.slice(0, width);
  const head = Math.ceil((width - 1) / 2);
  const tail = width - 1 - head;
  return `${text.slice(0, head)}…${tail > 0 ? text.slice(-tail) : ""}`;
}

/** Breaks a text into lines: at spaces, and inside a long word after what separates its parts. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.split(/(?<= )|(?<=[/:.,])/)) {
    if (line && (line + piece.trimEnd()).length > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
    while (line.trimEnd().length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return line ? [...lines, line.trimEnd()] : lines;
}

/** A duration as a person says it: `45 s`, `2 min 05 s`, `1 h 05 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}

/** Sentences broken between words, where the screen has an edge. */
export function proseFor(
  { isTerminal, width }: { readonly isTerminal: boolean; readonly width: number },
  text: string,
): string {
  if (!isTerminal || text.length <= width) return text;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}
