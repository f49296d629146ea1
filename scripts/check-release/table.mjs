/** @typedef {import("./check.js").Line} Line */

/**
 * The table for people, and below it what does not hold.
 * @param {readonly Line[]} lines
 */
export function showTable(lines) {
  const rows = [
    ["", "what", "figure", "limit"],
    ...lines.map((line) => [wordFor(line), line.what, line.figure, line.limit]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const short = lines.filter(isShort);
  const complaints = short.map(({ what, complaint }) => `\n${what}\n${(complaint ?? "").replaceAll(/^/gm, "  ")}\n`);
  const unchecked = lines.filter((line) => line.unchecked !== undefined);
  const reasons = unchecked.map((line) => `${line.what}: not looked at here. ${line.unchecked}\n`);
  const held = lines.length - short.length - unchecked.length;
  const verdict = `${held} of ${lines.length} hold${unchecked.length > 0 ? `, ${unchecked.length} not looked at` : ""}.`;
  return `${table.join("\n")}\n${complaints.join("")}\n${reasons.join("")}${verdict}\n`;
}

/** @param {Line} line */
export function isShort({ holds, unchecked }) {
  return !holds && unchecked === undefined;
}

/** @param {Line} line */
function wordFor(line) {
  if (line.unchecked !== undefined) return "?";
  return line.holds ? "ok" : "SHORT";
}
