/** @typedef {import("./check.js").Line} Line */

/**
 * The table for people, and below it what does not hold.
 * @param {readonly Line[]} lines
 */
export function showTable(lines) {
  const rows = [
    ["", "what", "figure", "limit"],
    ...lines.map(({ holds, what, figure, limit }) => [holds ? "ok" : "SHORT", what, figure, limit]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const short = lines.filter(({ holds }) => !holds);
  const complaints = short.map(({ what, complaint }) => `\n${what}\n${(complaint ?? "").replaceAll(/^/gm, "  ")}\n`);
  const verdict = `${lines.length - short.length} of ${lines.length} hold.`;
  return `${table.join("\n")}\n${complaints.join("")}\n${verdict}\n`;
}
