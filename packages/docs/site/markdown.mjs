/**
 * A table, with `|` taken care of.
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
export function table(heads, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll("\n", " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/**
 * @param {string} language
 * @param {string} code
 */
export function fence(language, code) {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}

/** @param {unknown} value */
export function json(value) {
  return fence("json", JSON.stringify(value, null, 2));
}

/**
 * Text for the inside of HTML, where Vue is to find nothing to fill in.
 * @param {string} text
 */
export function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;");
}

/**
 * The anchor of a heading, spelt as GitHub spells it: the guides are read there too.
 * @param {string} heading
 */
export function anchor(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/**
 * A page's front matter.
 * @param {Record<string, unknown>} entries
 */
export function frontMatter(entries) {
  const lines = Object.entries(entries).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n`;
}

/**
 * The parts of a text that are prose go through `change`; fenced blocks and code in a line stay as they are.
 * @param {string} markdown
 * @param {(prose: string) => string} change
 */
export function inProse(markdown, change) {
  return markdown
    .split(/(^```.*?^```$|`[^`\n]*`)/gms)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join("");
}
