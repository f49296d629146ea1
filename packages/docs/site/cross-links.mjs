// Names of the TypeScript reference that a guide mentions lead there.
import { anchor } from "./markdown.mjs";

/** @typedef {import("./pages.mjs").Page} Page */

/**
 * Where each name is described: what is exported, and the methods of the resource.
 * @param {Page[]} types
 * @returns {Map<string, string>}
 */
export function namesOf(types) {
  const own = types.filter(({ path }) => /^types\/client\/[\w-]+\/\w+\.md$/.test(path));
  const methods = types.filter(({ path }) => path.endsWith("/PrivateLinkConnections.md"));
  return new Map([
    ...methods.flatMap(({ path, text }) =>
      Array.from(text.matchAll(/^### (\w+)\(\)$/gm), ([, name = ""]) => entry(name, `${linkOf(path)}#${anchor(name)}`)),
    ),
    ...own.map(({ path }) => entry(path.slice(path.lastIndexOf("/") + 1, -3), linkOf(path))),
  ]);
}

/**
 * @param {string} name
 * @param {string} link
 * @returns {[string, string]}
 */
function entry(name, link) {
  return [name, link];
}

/** @param {string} path */
function linkOf(path) {
  return `/${path.replace(/\.md$/, "")}`;
}

/**
 * Makes links of the first mention of each name.
 * @param {string} markdown
 * @param {Map<string, string>} names
 */
export function linkNames(markdown, names) {
  const seen = new Set();
  return markdown.replaceAll(/^```.*?^```|^#[^\n]*$|\[[^\]]*\]\([^)]*\)|`(\w+)(?:\([^`]*\))?`/gms, (whole, name) => {
    const link = names.get(name);
    if (!link || seen.has(name)) return whole;
    seen.add(name);
    return `[${whole}](${link})`;
  });
}
