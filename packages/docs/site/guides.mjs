// The guides, as they are: only their links are turned to pages of the site.
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fence, frontMatter } from "./markdown.mjs";
import { docs, root } from "./places.mjs";

/** @typedef {import("./pages.mjs").Page} Page */

/** In the order of a reader; what is not named here comes after what is. */
const groups = {
  "Getting there": ["first-call", "credentials", "waiting", "errors", "at-the-terminal"],
  Testing: ["test-your-automation", "test-from-other-languages", "mock"],
  "In earnest": ["fleet", "observing", "behind-a-proxy", "runtimes", "raw"],
  "The same task elsewhere": ["from-the-go-sdk", "from-terraform", "from-the-atlas-cli"],
  "Beyond this resource": [
    "add-an-operation",
    "generate",
    "generate-for-other-operations",
    "when-the-service-changes",
    "description",
    "contributing",
    "versions",
    "changelog",
  ],
};

/** Texts that are guides too, though they stand where they are about. */
const others = {
  "packages/mock/README.md": "mock",
  "spec/CONVENTIONS.md": "description",
  "CONTRIBUTING.md": "contributing",
  "packages/client/CHANGELOG.md": "changelog",
};

/** The pages that others write into the guides' folder. */
const notGuides = ["README.md", "benchmarks.md"];

/** @returns {Promise<{ pages: Page[], sidebar: { text: string, items: { text: string, link: string }[] }[] }>} */
export async function guidePages() {
  const names = (await readdir(docs)).filter((name) => name.endsWith(".md") && !notGuides.includes(name)).sort();
  const sources = new Map([
    ...names.map((name) => /** @type {const} */ ([name.replace(".md", ""), `packages/docs/${name}`])),
    ...Object.entries(others)
      .filter(isThere)
      .map(([source, name]) => /** @type {const} */ ([name, source])),
  ]);
  const known = new Set(Object.values(groups).flat());
  const rest = [...sources.keys()].filter((name) => !known.has(name));
  /** @type {Page[]} */
  const pages = [];
  /** @type {Set<string>} */
  const linked = new Set();
  for (const [name, source] of sources) {
    const text = await readFile(join(root, source), "utf8");
    pages.push({ path: `guides/${name}.md`, text: frontMatter({ kind: "guide" }) + turnLinks(text, source, linked) });
  }
  const titles = new Map(
    pages.map(({ path, text }) => [path, /^# (.+)$/m.exec(text)?.[1]?.replaceAll("`", "") ?? path]),
  );
  const item = (/** @type {string} */ name) => ({
    text: titles.get(`guides/${name}.md`) ?? name,
    link: `/guides/${name}`,
  });
  const sidebar = Object.entries({ ...groups, More: rest })
    .map(([text, members]) => ({ text, items: members.filter((name) => sources.has(name)).map(item) }))
    .filter(({ items }) => items.length > 0);
  return { pages: [...pages, overview(sidebar), ...(await sourcePages(linked))], sidebar };
}

/** @param {[string, string]} other one of `others`: there is no changelog before the first release */
function isThere([source]) {
  return existsSync(join(root, source));
}

/** @param {{ text: string, items: { text: string, link: string }[] }[]} sidebar */
function overview(sidebar) {
  const lists = sidebar.map(
    ({ text, items }) => `## ${text}\n\n${items.map((item) => `- [${item.text}](${item.link})`).join("\n")}`,
  );
  const lead =
    "Each is about one task, and every block of code in them is compiled and, unless it says otherwise, run.";
  return { path: "guides/index.md", text: `# Guides\n\n${lead}\n\n${lists.join("\n\n")}\n` };
}

/**
 * @param {string} markdown
 * @param {string} source where the text stands in the repository
 * @param {Set<string>} linked source files that are linked to; they are added to
 */
export function turnLinks(markdown, source, linked) {
  const prose = markdown.replaceAll(/^<!-- .* -->\n\n?/gm, "");
  return prose.replaceAll(/^```.*?^```$|\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/gms, (whole, text, target) => {
    if (!target || /^([a-z]+:|#)/.test(target)) return whole;
    const [path = "", anchor] = target.split("#");
    const link = linkTo(relative(root, resolve(root, dirname(source), path)), linked);
    return link ? `[${text}](${link}${anchor ? `#${anchor}` : ""})` : text;
  });
}

/**
 * @param {string} path in the repository
 * @param {Set<string>} linked
 */
function linkTo(path, linked) {
  if (path === "README.md") return "/";
  if (path === "packages/docs/README.md" || path === "packages/docs") return "/guides/";
  if (path === "packages/docs/benchmarks.md") return "/benchmarks";
  if (path in others) return `/guides/${others[/** @type {keyof typeof others} */ (path)]}`;
  const [, guide] = /^packages\/docs\/([\w-]+)\.md$/.exec(path) ?? [];
  if (guide) return `/guides/${guide}`;
  if (path === "packages/contract-tests/test/honest") return "/matrix";
  if (!existsSync(join(root, path)) || !/\.\w+$/.test(path)) return undefined;
  linked.add(path);
  return `/source/${path.replace(/\.(\w+)$/, "-$1")}`;
}

/**
 * Source files that guides point to, as pages: whoever reads the site need not have the repository.
 * @param {Set<string>} linked
 */
async function sourcePages(linked) {
  /** @type {Page[]} */
  const pages = [];
  for (const path of linked) {
    if (!(await stat(join(root, path))).isFile()) continue;
    const text = await readFile(join(root, path), "utf8");
    const [, language = "text", ending] = /\.((\w)\w*)$/.exec(path) ?? [];
    const body =
      language === "md" ? turnLinks(text, path, new Set()) : `# ${path}\n\n${fence(ending ? language : "text", text)}`;
    pages.push({
      path: `source/${path.replace(/\.(\w+)$/, "-$1")}.md`,
      text: `${frontMatter({ kind: "source" })}${body}\n`,
    });
  }
  return pages;
}
