// What a terminal shows: bold, dim and tables; plain text where it is no terminal.
const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {string} text */
export const heading = (text) => (isColoured ? `\x1b[1m${text}\x1b[0m` : text);

/** @param {string} text */
export const dim = (text) => (isColoured ? `\x1b[2m${text}\x1b[0m` : text);

/**
 * Rows as a table. A cell may have several lines.
 * @param {string[][]} rows
 */
export function table(rows) {
  const lines = rows.map((cells) => cells.map((cell) => cell.split("\n")));
  const widths =
    rows[0]?.map((_, column) =>
      Math.max(...lines.flatMap((cells) => cells[column] ?? []).map((line) => line.length)),
    ) ?? [];
  const rule = (/** @type {string} */ left, /** @type {string} */ middle, /** @type {string} */ right) =>
    `  ${left}${widths.map((width) => "─".repeat(width + 2)).join(middle)}${right}`;
  const body = lines.flatMap((cells) =>
    Array.from(
      { length: Math.max(...cells.map((cell) => cell.length)) },
      (_, line) => `  │${widths.map((width, column) => ` ${(cells[column]?.[line] ?? "").padEnd(width)} `).join("│")}│`,
    ),
  );
  return [rule("┌", "┬", "┐"), ...body, rule("└", "┴", "┘"), ""].join("\n");
}
