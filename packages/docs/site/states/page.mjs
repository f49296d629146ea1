// The states of a connection: the description's meanings, and the mock's lives, drawn and put into a table.
import { renderMermaidSVG } from "beautiful-mermaid";
import { description } from "../http/description.mjs";
import { frontMatter, table } from "../markdown.mjs";
import { changes, endings, meanings } from "./lives.mjs";

/** @typedef {import("./lives.mjs").Change} Change */

/** In words, how a wait ends. */
const words = {
  resolves: "**resolves**",
  throws: "throws [`WaitFailedError`](/errors#waitfailederror)",
  "throws later": "throws [`WaitFailedError`](/errors#waitfailederror), after fifteen intervals",
  "waits on": "waits on",
};

const later = "throws [`NotFoundError`](/errors#notfounderror); where it was never seen, after fifteen intervals";

/** @returns {Promise<{ pages: import("../pages.mjs").Page[], diagram: string }>} */
export async function statePages() {
  const lives = await changes();
  const ends = await endings();
  const diagram = figure(lives);
  const rows = Object.entries(meanings).map(([state, meaning]) => {
    const { done, deleted } = ends.get(state) ?? { done: "waits on", deleted: "waits on" };
    return [`\`${state}\``, said(state), meaning, words[done], words[deleted]];
  });
  const more = [
    ["any other", "The service may add states.", "", "waits on", "waits on"],
    ["none: 404", "It is gone, or not there yet.", "", later, "**resolves**"],
  ];
  const unseen = Object.keys(meanings).filter((state) => !lives.some(({ to }) => to === state));
  const text = `${frontMatter({ kind: "states", outline: false, aside: false })}# The states of a connection

${diagram}

Create, update and delete answer at once. A connection that lacks its domain stays \`IDLE\` until an update sets it; others go on by themselves. What comes then takes its time: minutes as a rule, with some vendors more than half an hour. The arrows are what [the mock](/guides/mock) was seen to do when this page was built. ${unseen.map((state) => `\`${state}\``).join(", ")} is known to official clients, and seen in no recording.

## What the waits do

${table(["state", "", "meaning", "`waitUntilDone`", "`waitUntilDeleted`"], [...rows, ...more])}

How a wait looks and for how long: [the guide](/guides/waiting). The states in the description: [\`ConnectionState\`](/http/schemas#connectionstate).
`;
  return { pages: [{ path: "states.md", text }], diagram };
}

/**
 * What the description says of a state.
 * @param {string} state
 */
function said(state) {
  const [, sentence = ""] =
    new RegExp(`^\\| \`${state}\` \\| (.*?) \\|$`, "m").exec(
      description.components.schemas.ConnectionState.description,
    ) ?? [];
  return sentence;
}

/**
 * The diagram, across for wide screens and down for narrow ones.
 * @param {Change[]} lives
 */
function figure(lives) {
  const label = `The states of a connection: ${lives
    .map(
      ({ from, to, by }) =>
        `${from || "none"} to ${to || "none"}${by
          .filter(Boolean)
          .map((act) => ` by ${act}`)
          .join("")}`,
    )
    .join("; ")}.`;
  const drawings = /** @type {const} */ (["LR", "TD"]).map(
    (direction) => `<div class="diagram diagram-${direction.toLowerCase()}">${draw(lives, direction, label)}</div>`,
  );
  return `<figure class="states">${drawings.join("")}</figure>`;
}

/**
 * @param {Change[]} lives
 * @param {"LR" | "TD"} direction
 * @param {string} label
 */
function draw(lives, direction, label) {
  const name = (/** @type {string} */ state) => state || "[*]";
  const reason = (/** @type {string[]} */ by) =>
    by.includes("") && by.length > 1 ? `or by ${by.slice(1).join(", ")}` : by.join(", ");
  const arrows = lives.map(
    ({ from, to, by }) => `  ${name(from)} --> ${name(to)}${by.some(Boolean) ? ` : ${reason(by)}` : ""}`,
  );
  const svg = renderMermaidSVG(`stateDiagram-v2\n  direction ${direction}\n${arrows.join("\n")}`, {
    padding: 2,
    layerSpacing: 20,
    nodeSpacing: 28,
  });
  return svg
    .replace(/<style>.*?<\/style>/s, "") // it fetches a font; the theme has what else is in it
    .replace(/ style="[^"]*"/, ` role="img" aria-label="${label}"`)
    .replaceAll("arrowhead", `arrowhead-${direction.toLowerCase()}`)
    .replaceAll(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replaceAll(/\n\s*/g, "");
}
