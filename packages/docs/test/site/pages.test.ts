// What a person sees of every page: no complaint, nothing from elsewhere, nothing cut, nothing that is hard to read.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveSite } from "../../site/serve.mjs";
import { axeFaults } from "./axe.js";
import { builtPages, noBrowser, noSite, startBrowser, watch } from "./browser.js";

const widths = [390, 1280, 1920];
const pages = await builtPages();
/** The pages of the TypeScript reference are all of a kind, and so are those of sources: axe looks at some of each. */
const alike = /^\/(types\/\w+\/|source\/)/;
const forAxe = new Set(
  pages.filter((path, index) => !alike.test(path) || folderOf(path) !== folderOf(pages[index - 1] ?? "")),
);

let browser: Browser;
let context: BrowserContext; // one for all, so that what they share is loaded once
let server: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  if (noBrowser) return console.log(noBrowser);
  server = await serveSite();
  browser = await startBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test.skipIf(noSite)("there are pages", () => {
  expect(pages.length).toBeGreaterThan(50);
});

describe.skipIf(noBrowser)(
  "in light and dark, from phone to wide screen, without complaint or request to elsewhere",
  () => {
    test.concurrent.each(pages)("%s", async (path) => {
      const page = await context.newPage();
      try {
        const seen = watch(page, server.url);
        await page.goto(server.url + path, { waitUntil: "load" });
        await page.addStyleTag({ content: "* { transition: none !important }" }); // a colour half-way is nobody's to read
        if (path.includes("/try")) await page.getByRole("button", { name: "Authorize" }).waitFor();
        const faults: string[] = [];
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          if (await isWiderThanScreen(page)) faults.push(`scrolls sideways at ${width} px`);
        }
        for (const colorScheme of forAxe.has(path) ? (["light", "dark"] as const) : []) {
          await page.emulateMedia({ colorScheme });
          faults.push(...(await axeFaults(page)).map((fault) => `${colorScheme}: ${fault}`));
        }
        expect({ ...seen, faults }).toEqual({ complaints: [], outside: [], faults: [] });
      } finally {
        await page.close();
      }
    });
  },
);

test.skipIf(noBrowser)("a table that the command line printed keeps its lines on a phone", async () => {
  const page = await context.newPage();
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto(`${server.url}/guides/at-the-terminal.html`);
  const brokenLines = await page.evaluate(`
    [...document.querySelectorAll(".language-text code")]
      .filter(({ textContent }) => /^[A-Z]+ {2,}[A-Z ]+$/m.test(textContent))
      .map((table) => [...table.querySelectorAll(".line")].filter((line) => line.getClientRects().length > 1).length)`);
  expect(brokenLines).toEqual([0, 0]);
  await page.close();
});

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function isWiderThanScreen(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
