import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtPages, dist, noSite } from "./browser.js";

const pages = new Map((await builtPages()).map((path) => [path, readFileSync(fileOf(path), "utf8")]));

test.skipIf(noSite).each([...pages.keys()])("every link and anchor of %s holds", (path) => {
  const broken = linksOf(pages.get(path) ?? "").filter((link) => !holds(link, path));
  expect(broken).toEqual([]);
});

test.skipIf(noSite)("nothing on any page is fetched from elsewhere", () => {
  const fetched = [...pages.values()].flatMap((html) =>
    Array.from(
      html.matchAll(/<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="(https?:[^"]*)"/g),
      ([, url]) => url,
    ),
  );
  expect(fetched).toEqual([]);
});

function fileOf(path: string): string {
  return join(dist, path.endsWith("/") ? `${path}index.html` : path);
}

/** Where a page's links lead, save those that leave the site. */
function linksOf(html: string): string[] {
  const links = Array.from(html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g), ([, href = ""]) =>
    href.replaceAll("&amp;", "&"),
  );
  return [...new Set(links)].filter((link) => !/^[a-z]+:/.test(link));
}

function holds(link: string, from: string): boolean {
  const { pathname, hash } = new URL(link, `http://site${from}`);
  if (pathname.startsWith("/http/try")) return pages.has("/http/try.html"); // its anchors are made by script
  if (/\.(json|svg)$/.test(pathname)) return readFileSync(join(dist, pathname)).length > 0;
  const html = pages.get(pathname) ?? pages.get(`${pathname}.html`);
  const id = decodeURIComponent(hash.slice(1));
  return html !== undefined && (!id || html.includes(`id="${id}"`));
}
