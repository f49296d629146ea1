// Charts as SVG whose colours are the page's own, so that light and dark come by themselves.
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeHtml } from "../markdown.mjs";

/** @typedef {{ name: string, value: number, isOurs: boolean }} Bar */
/** @typedef {{ name: string, lower: number, value: number, upper: number, isOurs: boolean }} Range */

const width = 340;
const rowHeight = 44;
const { document } = parseHTML("<html><body></body></html>");
const colour = (/** @type {{ isOurs: boolean }} */ { isOurs }) =>
  isOurs ? "var(--figure-ours)" : "var(--figure-theirs)";

/**
 * @param {string} title
 * @param {readonly Bar[]} bars
 * @param {(value: number) => string} [format]
 */
export function barFigure(title, bars, format = String) {
  const largest = Math.max(...bars.map(({ value }) => value));
  return figure(title, describe(bars, format), bars, { domain: [0, largest * 1.22] }, [
    Plot.barX(bars, { x: "value", y: "name", fill: colour, insetTop: 22, insetBottom: 6, rx: 2 }),
    Plot.text(bars, { x: "value", y: "name", text: ({ value }) => format(value), textAnchor: "start", dx: 6, dy: 8 }),
    labels(bars),
  ]);
}

/**
 * Medians with their quartiles.
 * @param {string} title
 * @param {readonly Range[]} ranges
 */
export function rangeFigure(title, ranges) {
  const format = (/** @type {number} */ value) => value.toFixed(2);
  const largest = Math.max(...ranges.map(({ upper }) => upper));
  return figure(title, describe(ranges, format), ranges, { domain: [0.9, largest + 0.15] }, [
    Plot.ruleX([1], { stroke: "var(--figure-line)", strokeDasharray: "2 3" }),
    Plot.link(ranges, {
      x1: "lower",
      x2: "upper",
      y: "name",
      stroke: colour,
      strokeWidth: 5,
      strokeOpacity: 0.45,
      dy: 8,
    }),
    Plot.dot(ranges, { x: "value", y: "name", fill: colour, r: 4.5, dy: 8 }),
    Plot.text(ranges, { x: "upper", y: "name", text: ({ value }) => format(value), textAnchor: "start", dx: 8, dy: 8 }),
    labels(ranges, 0.9),
  ]);
}

/**
 * Each row's name above it; ours stands out.
 * @param {readonly (Bar | Range)[]} rows
 * @param {number} [x]
 */
function labels(rows, x = 0) {
  return [true, false].map((ours) =>
    Plot.text(
      rows.filter(({ isOurs }) => isOurs === ours),
      {
        x: () => x,
        y: "name",
        text: "name",
        textAnchor: "start",
        dy: -10,
        fill: "var(--figure-label)",
        fontWeight: ours ? 700 : 400,
      },
    ),
  );
}

/**
 * @param {readonly (Bar | Range)[]} rows
 * @param {(value: number) => string} format
 */
function describe(rows, format) {
  return rows.map(({ name, value }) => `${name} ${format(value)}`).join(", ");
}

/**
 * @param {string} title
 * @param {string} description
 * @param {readonly (Bar | Range)[]} rows
 * @param {import("@observablehq/plot").ScaleOptions} x
 * @param {import("@observablehq/plot").Markish[]} marks
 */
function figure(title, description, rows, x, marks) {
  const plot = Plot.plot({
    document: /** @type {any} */ (document), // as much of one as Plot needs
    width,
    height: rows.length * rowHeight,
    marginLeft: 0,
    marginRight: 4,
    marginTop: 0,
    marginBottom: 0,
    style: { fontSize: "13px" },
    x: { axis: null, ...x },
    y: { type: "band", axis: null, padding: 0, domain: rows.map(({ name }) => name) },
    marks,
  });
  for (const group of plot.querySelectorAll("g")) group.removeAttribute("aria-label");
  for (const style of plot.querySelectorAll("style")) style.remove(); // Vue takes none; the theme has what is in it
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", `${title}: ${description}`);
  plot.setAttribute("class", "plot");
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>${plot.outerHTML.replaceAll(/\n\s*/g, "")}</figure>`;
}
