import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { root } from "./workplace.js";

const notOurs = /^(node_modules|dist|reports|\..*)$/;

async function findPages(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return notOurs.test(entry.name) ? [] : findPages(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Where the links of a page lead, save those that leave the repository. Code is no link. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "");
  return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target).filter(
    (target) => !/^[a-z]+:/.test(target),
  );
}

/** The anchors that a page has: its headings, as they are spelt in links. */
function anchorsOf(markdown: string): string[] {
  const headings = markdown.replaceAll(/^```.*?^```/gms, "").matchAll(/^#+ (.+)$/gm);
  return Array.from(headings, ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const pages = await findPages(root);

test.each(pages.map((page) => relative(root, page)))("%s links to what exists", async (page) => {
  const markdown = await readFile(join(root, page), "utf8");
  const broken: string[] = [];
  for (const link of linksOf(markdown)) {
    const [path = "", anchor] = link.split("#");
    const target = path ? resolve(root, dirname(page), path) : join(root, page);
    if (!existsSync(target)) broken.push(link);
    else if (anchor && !anchorsOf(await readFile(target, "utf8")).includes(anchor)) broken.push(link);
  }
  expect(broken).toEqual([]);
});
