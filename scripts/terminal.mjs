// What a terminal shows: bold, dim and tables; plain text where it is no terminal.
const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {string} text */
export const heading = (text) => (isColoured ? `\x1b[1m${text}\x1b[0m` : text);

/** @param {string} text */
export const dim = (text) => (isColoured ? `\x1b[2m${text}\x1b[0m` : text);

const widestCell = 72;

/**
 * Rows as a table. A cell may have several lines; a line that is too long is wrapped.
 * @param {string[][]} rows
 */
export function table(rows) {
  const lines = rows.map((cells) => cells.map((cell) => cell.split("\n").flatMap(wrap)));
  const columns = rows[0]?.map((_, column) => lines.flatMap((cells) => cells[column] ?? [])) ?? [];
  const widths = columns.map((cells) => Math.max(...cells.map((line) => line.length)));
  const rule = (/** @type {string} */ left, /** @type {string} */ middle, /** @type {string} */ right) =>
    `  ${left}${widths.map((width) => "─".repeat(width + 2)).join(middle)}${right}`;
  const body = lines.flatMap((cells) =>
    Array.from({ length: Math.max(...cells.map((cell) => cell.length)) }, (_, line) => {
      const padded = widths.map((width, column) => ` ${(cells[column]?.[line] ?? "").padEnd(width)} `);
      return `  │${padded.join("│")}│`;
    }),
  );
  return [rule("┌", "┬", "┐"), ...body, rule("└", "┴", "┘"), ""].join("\n");
}

/**
 * Breaks at a space or a slash where there is one.
 * @param {string} text
 * @returns {string[]}
 */
function wrap(text) {
  if (text.length <= widestCell) return [text];
  const at = Math.max(text.lastIndexOf(" ", widestCell), text.lastIndexOf("/", widestCell));
  const end = at > 0 ? at : widestCell;
  return [text.slice(0, end), ...wrap(text.slice(end).trimStart())];
}
