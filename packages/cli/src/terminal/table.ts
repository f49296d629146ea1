import stringWidth from "fast-string-width";
import { printable, shortened } from "./text.js";

/** A column of a table of things. */
export interface Column<Item> {
  readonly title: string;
  value(item: Item): string | undefined;
  paint?(text: string, item: Item): string;
  /** Never shortened, never left out. */
  readonly isWhole?: boolean;
  /** Where the table does not fit, the column with the highest number goes first. */
  readonly dropOrder?: number;
}

const gap = "  ";
const narrowest = 14;

/** A table as wide as there is: what does not fit is shortened in the middle, then left out. */
export function table<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  width: number,
  paintTitle: (text: string) => string,
): string {
  const used = columns.filter((column) => items.some((item) => column.value(item)));
  const { shown, widths } = fit(used, items, width);
  const row = (cells: readonly string[], paint: (text: string, index: number) => string) =>
    cells
      .map((cell, index) => {
        const text = shortened(cell, widths[index] ?? 0);
        const isLast = index === cells.length - 1;
        const padding = isLast ? "" : " ".repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(text)));
        return paint(text, index) + padding;
      })
      .join(gap)
      .trimEnd();
  return [
    row(
      shown.map(({ title }) => title),
      paintTitle,
    ),
    ...items.map((item) =>
      row(
        shown.map((column) => printable(column.value(item) ?? "-")),
        (text, index) => shown[index]?.paint?.(text, item) ?? text,
      ),
    ),
    "",
  ].join("\n");
}

function fit<Item>(columns: readonly Column<Item>[], items: readonly Item[], width: number) {
  const natural = new Map(
    columns.map((column) => {
      const cells = [column.title, ...items.map((item) => printable(column.value(item) ?? "-"))];
      return [column, Math.max(...cells.map((cell) => stringWidth(cell)))];
    }),
  );
  const least = (column: Column<Item>) =>
    column.isWhole
      ? (natural.get(column) ?? 0)
      : Math.min(natural.get(column) ?? 0, Math.max(narrowest, column.title.length));
  let shown = [...columns];
  const sum = (sizeOf: (column: Column<Item>) => number) =>
    shown.reduce((total, column) => total + sizeOf(column), gap.length * (shown.length - 1));
  while (sum(least) > width) {
    const [first] = shown
      .filter((column) => !column.isWhole)
      .toSorted((one, other) => (other.dropOrder ?? 0) - (one.dropOrder ?? 0));
    if (!first) break;
    shown = shown.filter((column) => column !== first);
  }
  const widths = shown.map((column) => natural.get(column) ?? 0);
  for (let excess = sum((column) => natural.get(column) ?? 0) - width; excess > 0 && excess < Infinity; excess--) {
    const [widest] = shown
      .map((column, index) => ({ index, spare: (widths[index] ?? 0) - least(column), width: widths[index] ?? 0 }))
      .filter(({ spare }) => spare > 0)
      .toSorted((one, other) => other.width - one.width);
    if (!widest) break;
    widths[widest.index] = widest.width - 1;
  }
  return { shown, widths };
}
