// What a person does with the site: search, try an operation, read without scripts.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveSite } from "../../site/serve.mjs";
import { axeFaults } from "./axe.js";
import { noBrowser, startBrowser } from "./browser.js";

let browser: Browser;
let server: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  if (noBrowser) return console.log(noBrowser);
  server = await serveSite();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.skipIf(noBrowser)("the search has first, for", () => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage();
    await page.goto(`${server.url}/guides/`);
    await page.getByRole("button", { name: "Search" }).click();
  });

  test.each([
    ["service account", "/guides/credentials"],
    ["api key", "/guides/credentials"],
    ["environment variables", "/guides/credentials"],
    ["wait until done", "/guides/waiting"],
    ["waitUntilDeleted", "/types/client/interfaces/PrivateLinkConnections"],
    ["createOrAdopt", "/types/client/interfaces/PrivateLinkConnections"],
    ["NotFoundError", "/errors"],
    ["STREAM_PRIVATE_LINK_IN_USE", "/errors"],
    ["RATE_LIMITED_TOKEN_BUCKET", "/errors"],
    ["invalid_client", "/errors"],
    ["ip access list", "/guides/credentials"],
    ["create one private link connection", "/http/createGroupStreamPrivateLinkConnection"],
    ["getGroupStreamAccountDetails", "/http/getGroupStreamAccountDetails"],
    ["revoke token", "/http/revokeToken"],
    ["ConnectionState", "/http/schemas"],
    ["WaitOptions", "/types/client/interfaces/WaitOptions"],
    ["ClientOptions", "/types/client/interfaces/ClientOptions"],
    ["jest", "/guides/test-your-automation"],
    ["opentelemetry", "/guides/observing"],
    ["terraform", "/guides/from-terraform"],
    ["startMock", "/types/mock/functions/startMock"],
    ["the matrix", "/matrix"],
    ["states of a connection", "/states"],
  ])("%s, %s", async (words, expected) => {
    await page.getByRole("searchbox").fill("");
    await page.getByRole("searchbox").fill(words);
    const first = page.locator("#localsearch-list a").first();
    await expect.poll(async () => pathOf(await first.getAttribute("href"))).toBe(expected);
  });
});

function pathOf(href: string | null): string {
  return new URL(href ?? "", server.url).pathname.replace(/\.html$/, "");
}

describe.skipIf(noBrowser)("trying an operation", () => {
  test("logs in and gets 200, 404 and 429 by clicking, sends no key in clear, and is open to everybody", async () => {
    const { credentials } = server.mock;
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const sent: { readonly url: string; readonly authorization: string; readonly body: string }[] = [];
    page.on("request", async (request) => {
      const { authorization = "" } = await request.allHeaders();
      sent.push({ url: request.url(), authorization, body: request.postData() ?? "" });
    });
    await page.goto(`${server.url}/http/getGroupStreamPrivateLinkConnection.html`);
    await page.getByRole("link", { name: "Try it", exact: true }).last().click();
    await page.getByRole("button", { name: "Authorize" }).first().click();
    await page.getByRole("button", { name: /Test Request ?\(get .*\{connectionId\}\)/ }).click();
    const dialogue = page.getByRole("dialog");
    expect(await answerOf(dialogue)).toContain("200");
    for (const status of ["404", "429"]) {
      await dialogue
        .getByText(/^(none|code=)/)
        .first()
        .click();
      await page
        .getByRole("menuitem", { name: new RegExp(`code=${status}`) })
        .first()
        .click();
      expect(await answerOf(dialogue)).toContain(status);
    }
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFaults(page)).toEqual([]); // the dialogue is open
    }
    const { clientId, clientSecret } = credentials.serviceAccount;
    const basic = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
    const withBasic = sent.filter(({ authorization }) => authorization.startsWith("Basic"));
    expect(withBasic.map(({ url, authorization }) => [new URL(url).pathname, authorization])).toEqual([
      ["/api/oauth/token", basic],
    ]);
    const everything = JSON.stringify(sent);
    expect(everything).not.toContain(clientSecret);
    expect(everything).not.toContain(credentials.digest.privateKey);
    await page.close();
  });
});

type Dialogue = ReturnType<Page["getByRole"]>;

/** Sends, and gives the status that is shown. */
async function answerOf(dialogue: Dialogue): Promise<string> {
  const [answered] = await Promise.all([
    dialogue.page().waitForResponse(/\/api\/atlas\//),
    dialogue.getByRole("button", { name: /^Send get request/ }).click(),
  ]);
  const status = answered.status();
  const shown = dialogue.getByText(new RegExp(`^${status} `));
  await shown.waitFor();
  return (await shown.textContent()) ?? "";
}

describe.skipIf(noBrowser)("reading", () => {
  test.each(["/", "/guides/waiting.html", "/http/createToken.html", "/errors.html", "/matrix.html"])(
    "%s works with scripts off",
    async (path) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(server.url + path);
      expect(await page.getByRole("heading", { level: 1 }).first().isVisible()).toBe(true);
      const text = await page.locator(".VPContent").textContent();
      expect(text?.length).toBeGreaterThan(500);
      await page.getByRole("link", { name: "Guides" }).first().click();
      expect(new URL(page.url()).pathname).toMatch(/^\/guides\//);
      await context.close();
    },
  );

  test("the first page takes less than 150 kB of script and 300 kB in all", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const types = new Map<string, string>();
    const bytes = { script: 0, all: 0 };
    session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      bytes.all += encodedDataLength;
      if (types.get(requestId) === "Script") bytes.script += encodedDataLength;
    });
    await page.goto(`${server.url}/`, { waitUntil: "networkidle" });
    console.log(`The first page: ${bytes.script} bytes of script, ${bytes.all} in all, as transferred.`);
    expect(bytes.all).toBeGreaterThan(10_000);
    expect(bytes.script).toBeLessThan(150_000);
    expect(bytes.all).toBeLessThan(300_000);
    await page.close();
  });
});
