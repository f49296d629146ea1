import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { docs } from "../workplace.js";

export const dist = join(docs, "dist");
const executablePath = "/usr/bin/chromium";

/** Why the pages cannot be read here; undefined where they can. */
export const noSite = existsSync(join(dist, "index.html"))
  ? undefined
  : "The site is not built here (pnpm site --build), so its pages are not read.";

/** Why the pages cannot be looked at here; undefined where they can. */
export const noBrowser =
  noSite ??
  (existsSync(executablePath) ? undefined : `There is no ${executablePath} here, so pages are not looked at.`);

export function startBrowser(): Promise<Browser> {
  // Nothing but what the pages themselves ask for is to go over the network.
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}

/** Every page of the built site, as the path that it is served at. */
export async function builtPages(): Promise<string[]> {
  if (noSite) return [];
  const files = await readdir(dist, { recursive: true, withFileTypes: true });
  const pages = files.filter((entry) => entry.isFile() && entry.name.endsWith(".html"));
  return pages
    .map(({ parentPath, name }) => `/${relative(dist, join(parentPath, name)).replace(/(^|\/)index\.html$/, "$1")}`)
    .sort();
}

/** What a page complained of, and where it went. */
export interface Watch {
  readonly complaints: string[];
  readonly outside: string[];
}

export function watch(page: Page, origin: string): Watch {
  const seen: Watch = { complaints: [], outside: [] };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => void seen.complaints.push(message));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:") && !url.startsWith("blob:")) seen.outside.push(url);
  });
  return seen;
}
