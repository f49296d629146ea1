import stringWidth from "fast-string-width";
import type { Screen } from "../terminal/terminal.js";
import { wrapped } from "../terminal/text.js";

/** One box of a chain: what it is, its fields by name, and what to say where it has none. */
export interface Box {
  readonly title: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly missing?: string;
}

/** What leads from box to box. */
export interface Arrow {
  readonly style: "whole" | "dashed" | "broken";
  paint(screen: Screen, text: string): string;
}

const across = { whole: "───▶", dashed: "╌╌╌▷", broken: "──✗─" } as const;
const down = { whole: ["│", "▼"], dashed: ["┊", "▽"], broken: ["│", "✗"] } as const;
const narrowestAcross = 150;

/** Boxes side by side where there is room, else one below the other. */
export function drawChain(boxes: readonly Box[], screen: Screen, arrow: Arrow): string {
  return screen.width >= narrowestAcross ? drawAcross(boxes, screen, arrow) : drawDown(boxes, screen, arrow);
}

function drawDown(boxes: readonly Box[], screen: Screen, arrow: Arrow): string {
  const most = Math.max(20, Math.min(100, screen.width - 2));
  const inner = Math.min(most - 4, Math.max(...boxes.map((box) => naturalWidth(box))));
  const between = down[arrow.style].map((mark) => `      ${arrow.paint(screen, mark)}`);
  return boxes
    .flatMap((box, index) => [...(index > 0 ? between : []), ...frame(box, contentOf(box, inner), inner, screen)])
    .join("\n")
    .concat("\n");
}

function drawAcross(boxes: readonly Box[], screen: Screen, arrow: Arrow): string {
  const arrowWidth = stringWidth(across[arrow.style]) + 2;
  const room = screen.width - arrowWidth * (boxes.length - 1) - boxes.length * 4;
  const wanted = boxes.map((box) => naturalWidth(box));
  const inners = handOn(boxes, wanted, share(wanted, room));
  const contents = boxes.map((box, index) => contentOf(box, inners[index] ?? 20));
  const height = Math.max(...contents.map((lines) => lines.length));
  const frames = boxes.map((box, index) => {
    const content = contents[index] ?? [];
    const filled = [...content, ...Array.from({ length: height - content.length }, () => "")];
    return frame(box, filled, inners[index] ?? 20, screen);
  });
  const middle = Math.floor((height + 2) / 2);
  return Array.from({ length: height + 2 }, (_, row) => {
    const link = row === middle ? ` ${arrow.paint(screen, across[arrow.style])} ` : " ".repeat(arrowWidth);
    return frames.map((lines) => lines[row] ?? "").join(link);
  })
    .join("\n")
    .concat("\n");
}

/** Gives each what it needs, and takes from the widest what there is not. */
function share(wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  for (let excess = widths.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

/** What boxes do not need after their lines were broken, the one gets that lacks the most. */
function handOn(boxes: readonly Box[], wanted: readonly number[], widths: readonly number[]): number[] {
  const used = boxes.map((box, index) => usedWidth(box, widths[index] ?? 20));
  const lacks = wanted.map((width, index) => width - (widths[index] ?? 0));
  const neediest = lacks.indexOf(Math.max(...lacks));
  const spare = widths.reduce((sum, width, index) => sum + (index === neediest ? 0 : width - (used[index] ?? 0)), 0);
  return boxes.map((box, index) => {
    const { [index]: width = 20 } = widths;
    return index === neediest ? usedWidth(box, width + Math.min(spare, lacks[index] ?? 0)) : (used[index] ?? width);
  });
}

function usedWidth(box: Box, inner: number): number {
  return Math.max(stringWidth(box.title) + 2, ...contentOf(box, inner).map((line) => stringWidth(line)));
}

function naturalWidth({ title, lines, missing = "" }: Box): number {
  const names = nameWidth(lines);
  return Math.max(
    stringWidth(title) + 2,
    stringWidth(missing),
    ...lines.map(([, value]) => names + stringWidth(value)),
  );
}

function nameWidth(lines: Box["lines"]): number {
  const widest = Math.max(0, ...lines.map(([name]) => name.length));
  return widest > 0 ? widest + 2 : 0;
}

function contentOf({ lines, missing = "" }: Box, inner: number): string[] {
  if (lines.length === 0) return wrapped(missing, inner);
  const names = nameWidth(lines);
  const isNarrow = inner - names < 34 && lines.some(([, value]) => value.length > inner - names);
  let previous = "";
  return lines.flatMap(([name, value]) => {
    const label = name === previous ? "" : name;
    previous = name;
    if (isNarrow) return [...(label ? [label] : []), ...wrapped(value, inner - 2).map((line) => `  ${line}`)];
    return wrapped(value, inner - names).map((line, index) => (index === 0 ? label : "").padEnd(names) + line);
  });
}

function frame({ title, lines }: Box, content: readonly string[], inner: number, screen: Screen): string[] {
  const rule = "─".repeat(Math.max(0, inner - stringWidth(title) - 1));
  const isEmpty = lines.length === 0;
  return [
    `┌─ ${screen.paint("bold", title)} ${rule}┐`,
    ...content.map((line) => {
      const padding = " ".repeat(Math.max(0, inner - stringWidth(line)));
      return `│ ${isEmpty ? screen.paint("dim", line) : line}${padding} │`;
    }),
    `└${"─".repeat(inner + 2)}┘`,
  ];
}
