// What is promised, case by case, as the test runs reported it; and what the peers do, as the bench counted it.
import { figures, isOurs } from "../figures/figures.mjs";
import { groupBy } from "../group-by.mjs";
import { operations } from "../http/description.mjs";
import { escapeHtml, frontMatter, table } from "../markdown.mjs";
import { filesOf } from "./reports.mjs";

/** @typedef {import("./reports.mjs").Case} Case */
/** @typedef {{ sentence: string, runs: number, status: string }} Promised */

const packages = /** @type {const} */ ([
  ["packages/contract-tests", "The client and the service, end to end"],
  ["packages/client", "The client's own parts"],
  ["packages/mock", "The mock"],
  ["packages/cli", "The command line"],
  ["packages/generate", "What is generated"],
  ["spec", "The description"],
]);
const credentials = /^with (a service account|digest)(, )?/;
const operationIds = new Set(operations.map(({ id }) => id));
const marks = new Map([
  ["passed", '<span class="mark" title="holds">✓</span>'],
  ["skipped", '<span class="mark not-run" title="not run where this page was built">–</span>'],
  ["pending", '<span class="mark not-run" title="not run where this page was built">–</span>'],
]);

/** @returns {import("../pages.mjs").Page} */
export function matrixPage() {
  const sections = packages.map(([folder, title]) => ({ title, files: filesOf(folder) }));
  const all = sections.flatMap(({ files }) => files.flatMap(({ cases }) => cases));
  const passed = all.filter(({ status }) => status === "passed").length;
  const parts = sections.map(({ title, files }) => {
    const lists = files.map(({ file, cases }) => `### ${nameOf(file)}\n\n${listOf(cases)}`);
    return `## ${title}\n\n${lists.join("\n\n")}`;
  });
  const text = `${frontMatter({ kind: "matrix", outline: [2, 3] })}# The matrix

Everything that is promised here is a case of a test, and each case a sentence. ${passed.toLocaleString("en")} of ${all.length.toLocaleString("en")} were run and hold${passed < all.length ? "; those marked – need a program that was not there when this page was built" : ""}. Most hold for each operation and for both kinds of credentials: the number behind a sentence says how often it was run.

<CaseFilter />

## Beside the peers

${peers()}

${parts.join("\n\n")}
`;
  return { path: "matrix.md", text };
}

function peers() {
  const { token, digest } = figures;
  const rows = [
    peerRow("100 parallel calls fetch one token", token, ({ cold }) => count(cold.tokenRequests, "token request")),
    peerRow(
      "A call with an API key is one round trip",
      digest,
      ({ warm }) => `${count(warm.requests, "request")} for 100 calls`,
    ),
    peerRow("No nonce count is used twice", digest, ({ warm }) => count(warm.countsUsedTwice, "repetition")),
  ];
  return `${table(["promise", "this client", "others"], rows)}\n\nAll counts and how they were taken: [benchmarks](/benchmarks).`;
}

/**
 * @template {{ name: string }} Counts
 * @param {string} promise
 * @param {Counts[]} all
 * @param {(counts: Counts) => string} told
 */
function peerRow(promise, all, told) {
  const [ours, others] = [all.filter(({ name }) => isOurs(name)), all.filter(({ name }) => !isOurs(name))];
  return [promise, ours.map(told).join(", "), others.map((each) => `\`${each.name}\`: ${told(each)}`).join("<br>")];
}

/**
 * @param {number} number
 * @param {string} what
 */
function count(number, what) {
  return `${number === 0 ? "no" : number} ${what}${number === 1 ? "" : "s"}`;
}

/** @param {string} file such as `test/honest/own-fetch.test.ts` */
function nameOf(file) {
  const words = file.replace(/^test\/(honest\/)?/, "").replace(/\.test\.\w+$/, "");
  const text = [...new Set(words.split("/"))].join(": ").replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {Case[]} cases */
function listOf(cases) {
  const groups = groupBy(cases, ({ group }) => withoutRepetition(group));
  return [...groups]
    .map(([group, members]) => {
      const heading = group ? `<p class="case-group">${escapeHtml(group)}</p>\n` : "";
      return `<div v-pre class="cases">\n${heading}<ul>\n${promises(members).map(item).join("\n")}\n</ul>\n</div>`;
    })
    .join("\n\n");
}

/**
 * A group's name without what all are run for: the kinds of credentials, and the operations.
 * @param {string} group
 */
function withoutRepetition(group) {
  return group
    .split(" › ")
    .map((part) => part.replace(credentials, ""))
    .filter((part) => part && !operationIds.has(part))
    .join(" › ");
}

/**
 * @param {Case[]} cases
 * @returns {Promised[]}
 */
function promises(cases) {
  const same = groupBy(cases, ({ title }) => title);
  return [...same].map(([sentence, runs]) => ({
    sentence,
    runs: runs.length,
    status: runs.find(({ status }) => status !== "passed")?.status ?? "passed",
  }));
}

/** @param {Promised} promised */
function item({ sentence, runs, status }) {
  const mark = marks.get(status);
  if (!mark) throw new Error(`"${sentence}" ${status}: a site that says what holds is not built of that.`);
  return `<li>${mark} ${escapeHtml(sentence)}${runs > 1 ? ` <span class="runs">×${runs}</span>` : ""}</li>`;
}
