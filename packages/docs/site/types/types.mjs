// The TypeScript reference, from the docstrings of the published packages.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Application, Converter } from "typedoc";
import { description } from "../http/description.mjs";
import { schemaLink, schemaText } from "../http/schema-table.mjs";
import { frontMatter } from "../markdown.mjs";
import { docs, root } from "../places.mjs";
import { tidy } from "./tidy.mjs";

/** @typedef {import("../pages.mjs").Page} Page */
/** @typedef {{ text: string, items: { text: string, link: string }[] }} Group */

const packages = ["client", "mock"];
const kinds = {
  functions: "Functions",
  interfaces: "Interfaces",
  classes: "Classes",
  "type-aliases": "Types",
  variables: "Values",
};

/** @type {Partial<import("typedoc").TypeDocOptions> & import("typedoc-plugin-markdown").PluginOptions} */
const look = {
  plugin: ["typedoc-plugin-markdown"],
  logLevel: "Error",
  readme: "none",
  excludeExternals: true,
  excludePrivate: true,
  disableSources: true,
  skipErrorChecking: true, // they are checked by their own compiler
  hideGenerator: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  entryFileName: "index",
  expandObjects: true,
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  parametersFormat: "table",
  tableColumnSettings: { hideDefaults: true, hideInherited: true, hideOverrides: true, hideModifiers: true },
};

/** @returns {Promise<{ pages: Page[], sidebar: Group[] }>} */
export async function typePages() {
  const all = [];
  for (const name of packages) all.push({ name, files: await describe(name) });
  const pages = all.flatMap(({ name, files }) =>
    [...files].map(([path, text]) => ({ path: `types/${name}/${path}`, text: pageOf(path, text) })),
  );
  const sidebar = all.flatMap(({ name, files }) => menuOf(name, [...files.keys()]));
  return { pages, sidebar };
}

/**
 * @param {string} path
 * @param {string} text
 */
function pageOf(path, text) {
  const [, name = ""] = /^type-aliases\/(\w+)\.md$/.exec(path) ?? [];
  const schema = description.components.schemas[name];
  const body = schema
    ? `# ${name}\n\n${schemaText(schema)}\n\nIn the HTTP reference: ${schemaLink(name)}.\n`
    : text.replace(/^# (?:Class|Interface|Function|Type Alias|Variable|Abstract Class): (.+)$/m, "# $1");
  const isLong = [...body.matchAll(/^### /gm)].length > 3;
  return frontMatter({ kind: "type", outline: [2, 3], aside: isLong && path !== "index.md" }) + body;
}

/**
 * @param {string} name
 * @param {string[]} paths
 * @returns {Group[]}
 */
function menuOf(name, paths) {
  const groups = Object.entries(kinds).map(([folder, title]) => ({
    text: `${title} of ${name}`,
    items: paths
      .filter((path) => path.startsWith(`${folder}/`))
      .sort()
      .map((path) => ({ text: path.slice(folder.length + 1, -3), link: `/types/${name}/${path.slice(0, -3)}` })),
  }));
  const overview = { text: `@atlas-streams/${name}`, items: [{ text: "Overview", link: `/types/${name}/` }] };
  return [overview, ...groups.filter(({ items }) => items.length > 0)];
}

/**
 * What typedoc says of a package: its pages by their paths.
 * @param {string} name
 */
async function describe(name) {
  const out = await mkdtemp(join(docs, ".pages-"));
  try {
    const app = await Application.bootstrapWithPlugins({
      ...look,
      name: `@atlas-streams/${name}`,
      entryPoints: [join(root, `packages/${name}/src/index.ts`)],
      tsconfig: join(root, `packages/${name}/tsconfig.build.json`),
      out,
    });
    app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => tidy(project));
    const project = await app.convert();
    if (!project) throw new Error(`typedoc could not read @atlas-streams/${name}.`);
    await app.generateOutputs(project);
    const paths = (await readdir(out, { recursive: true })).filter((path) => path.endsWith(".md")).sort();
    /** @type {Map<string, string>} */
    const files = new Map();
    for (const path of paths) files.set(path, await readFile(join(out, path), "utf8"));
    return files;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
