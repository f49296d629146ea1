import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { anchor } from "../markdown.mjs";
import { pages, site } from "../places.mjs";

const menu = JSON.parse(readFileSync(`${pages}menu.json`, "utf8"));

/**
 * Puts VitePress's reset into a layer below those of Scalar, whose headings and buttons it would flatten.
 * @type {import("postcss").Plugin}
 */
const layerReset = {
  postcssPlugin: "layer-reset",
  Once(sheet, { AtRule }) {
    if (!sheet.source?.input.file?.endsWith("theme-default/styles/base.css")) return;
    const layer = new AtRule({ name: "layer", params: "vitepress-reset", nodes: [] });
    layer.append(sheet.nodes);
    sheet.append(layer);
  },
};

/**
 * VitePress names the tabs of code groups at random. Here they are called by where they stand.
 * @param {import("vitepress").MarkdownRenderer} markdown
 */
function nameTabs({ renderer: { rules } }) {
  const open = rules["container_code-group_open"];
  if (!open) throw new Error("VitePress has no code groups any more.");
  rules["container_code-group_open"] = (tokens, index, ...rest) => {
    /** @type {string[]} */
    const names = [];
    return open(tokens, index, ...rest).replaceAll(/(?<=")(group|tab)-[\w-]+(?=")/g, (name, kind) => {
      if (!names.includes(name)) names.push(name);
      return `${kind}-${index}-${names.indexOf(name)}`;
    });
  };
}

/**
 * A table that the command line printed is no table any more where its lines are broken: it scrolls, and other output is wrapped.
 * @param {import("vitepress").MarkdownRenderer} markdown
 */
function keepColumns({ renderer: { rules } }) {
  const { fence } = rules;
  if (!fence) throw new Error("VitePress has no fences any more.");
  rules.fence = (tokens, index, ...rest) => {
    const html = fence(tokens, index, ...rest);
    const isTable = /^[A-Z]+ {2,}[A-Z ]+$/m.test(tokens[index]?.content ?? "");
    return isTable ? html.replace('class="language-text', 'class="columns language-text') : html;
  };
}

/**
 * What the search reads of a page: of the matrix only what stands before its three thousand cases, which it finds itself.
 * @param {string} source
 * @param {import("vitepress").MarkdownEnv} env
 * @param {import("vitepress").MarkdownRenderer} markdown
 */
function searchable(source, env, markdown) {
  const html = markdown.render(source, env);
  return env.frontmatter?.kind === "matrix" ? html.slice(0, html.indexOf('class="cases"')) : html;
}

export default defineConfig({
  title: "atlas-streams",
  description: "A TypeScript client of MongoDB Atlas Stream Processing Private Link connections that never lies.",
  lang: "en",
  srcDir: pages,
  outDir: site,
  metaChunk: true,
  buildConcurrency: 1, // the search index is written in the order in which pages are read, and is to be the same each time
  head: [["link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }]],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    anchor: { slugify: anchor },
    config(markdown) {
      nameTabs(markdown);
      keepColumns(markdown);
    },
  },
  vite: { css: { postcss: { plugins: [layerReset] } } },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        _render: searchable,
        miniSearch: {
          // Who searches by words wants to be told; who searches by a name finds it in the title of its reference.
          searchOptions: { boostDocument: (id) => (/^\/(guides\/|states)/.test(id) ? 2 : 1) },
        },
      },
    },
    notFound: { linkText: "Back to the first page", linkLabel: "Back to the first page" },
    outline: [2, 3],
    externalLinkIcon: true,
    nav: [
      { text: "Guides", link: "/guides/", activeMatch: "^/guides/" },
      { text: "HTTP", link: "/http/", activeMatch: "^/http/(?!try)" },
      { text: "Try it", link: "/http/try" },
      { text: "TypeScript", link: "/types/client/", activeMatch: "^/types/" },
      { text: "Errors", link: "/errors" },
      {
        text: "Evidence",
        items: [
          { text: "The matrix", link: "/matrix" },
          { text: "Benchmarks", link: "/benchmarks" },
          { text: "States of a connection", link: "/states" },
        ],
      },
    ],
    sidebar: { "/http/": menu.http, "/types/": menu.types, "/": menu.guides },
  },
});
