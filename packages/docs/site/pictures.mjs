// Takes the two pictures that the README shows, of the built site: pnpm --filter @atlas-streams/docs pictures
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { docs } from "./places.mjs";
import { serveSite } from "./serve.mjs";

const folder = join(docs, "pictures");
const server = await serveSite();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${server.url}/`, { waitUntil: "networkidle" });
  await page.screenshot({ path: join(folder, "first-page.png") });

  await page.goto(`${server.url}/http/getGroupStreamPrivateLinkConnection.html`);
  await page.getByRole("link", { name: "Try it", exact: true }).last().click();
  await page.getByRole("button", { name: "Authorize" }).first().click();
  await page.getByRole("button", { name: /Test Request ?\(get .*\{connectionId\}\)/ }).click();
  await page.getByRole("button", { name: /^Send get request/ }).click();
  await page.getByText(/^200 /).waitFor();
  await page.waitForTimeout(500); // the dialogue slides in
  await page.screenshot({ path: join(folder, "try-it.png") });
} finally {
  await browser.close();
  await server.stop();
}
