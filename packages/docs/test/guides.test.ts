import { readdir, readFile, writeFile } from "node:fs/promises";
import http, { type RequestOptions } from "node:http";
import https from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { format } from "node:util";
import * as client from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findBlocks } from "./blocks.js";
import { compile, compiled, docs, run, writeBlocks, written } from "./workplace.js";

const guides = (await readdir(docs)).filter((name) => name.endsWith(".md")).map((name) => `packages/docs/${name}`);
const blocks = await writeBlocks([
  "README.md",
  "packages/client/README.md",
  "packages/mock/README.md",
  "packages/docs/site/home.md",
  ...guides,
]);

let complaints: string;
beforeAll(async () => {
  complaints = await compile();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("there are guides, and they have code", () => {
  expect(guides.length).toBeGreaterThan(0);
  expect(blocks.length).toBeGreaterThan(0);
});

test("all their code is what the packages take", () => {
  expect(complaints).toBe("");
});

const runnable = blocks.flatMap(({ script, title, notes }) => (script ? [{ script, title, notes }] : []));

describe("the code runs as it stands, with a mock where Atlas would be", () => {
  test.each(runnable)("$title", async ({ script, notes }) => {
    const mock = await startMock(JSON.parse(notes.get("mock")?.[0] ?? "{}") as MockOptions);
    try {
      const printed = enterWorldOf(mock);
      if (notes.has("by environment")) vi.stubEnv("MONGODB_ATLAS_BASE_URL", mock.url);
      vi.resetModules();
      await import(/* @vite-ignore */ script);
      for (const text of notes.get("prints") ?? []) expect(printed.join("\n")).toContain(text);
    } finally {
      await mock.stop();
    }
  });
});

test("errors.md names every error of the client, with its code", async () => {
  const guide = await readFile(join(docs, "errors.md"), "utf8");
  const classes = Object.values(client).filter((value) => value.prototype instanceof client.AtlasError);
  const rows = classes.flatMap((ErrorClass) => {
    const { name, code } = Reflect.construct(ErrorClass, [{ method: "GET", path: "/" }, "message"]);
    return code ? [[`\`${name}\``, `\`${code}\``]] : [];
  });
  expect(rows.length).toBeGreaterThan(10);
  for (const [name, code] of rows) expect(guide).toMatch(new RegExp(`^\\| ${name} +\\| ${code} +\\|`, "m"));
});

describe("test-your-automation.md, done as a reader would", () => {
  const place = "packages-docs-test-your-automation-md";
  const patience = "60000"; // the machine may have other things to do

  test("has tests for vitest that pass", async () => {
    // Or else it would find this package's own.
    await writeFile(join(written, place, "vitest.config.js"), "export default {};\n");
    const { stdout, stderr, code } = await run("vitest", ["run", "--testTimeout", patience], {
      cwd: join(written, place),
    });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Tests +7 passed/);
  });

  test("has a test for node:test that passes", async () => {
    const script = join(compiled, place, "ensure-connection.node.js");
    const { stdout, stderr, code } = await run("node", ["--test", "--test-reporter=tap", script]);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("# pass 1");
  });

  test("has tests for jest that pass", async () => {
    const words = [
      "--rootDir",
      join(compiled, place),
      "--cacheDirectory",
      join(docs, ".blocks/jest"),
      "--testMatch",
      "**/*.jest.{mjs,cjs}",
      "--globalSetup",
      join(compiled, place, "global-setup.mjs"),
      "--globalTeardown",
      join(compiled, place, "global-teardown.mjs"),
      "--testTimeout",
      patience,
    ];
    const { stdout, stderr, code } = await run("jest", words, { env: { NODE_OPTIONS: "--experimental-vm-modules" } });
    expect(code, stdout + stderr).toBe(0);
    expect(stderr).toContain("2 passed, 2 total");
  });

  test("has a call for any language that is answered", async ({ skip }) => {
    if ((await run("curl", ["--version"])).code !== 0) skip("There is no curl here.");
    const guide = await readFile(join(docs, "test-your-automation.md"), "utf8");
    const script = findBlocks(guide).find(({ notes }) => notes.has("run"))?.code ?? "";
    const { stdout, stderr, code } = await run("sh", ["-c", script.replaceAll("4010", String(await freePort()))]);
    expect(code, stdout + stderr).toBe(0);
    const { results } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    expect(results.length).toBeGreaterThan(0);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** A world in which Atlas is the mock, pauses are a hundredth as long, and the environment has the credentials. Gives what is printed in it. */
function enterWorldOf({ url, credentials }: Mock): string[] {
  const { fetch, setTimeout } = globalThis;
  // The client reads what it sends by when it first sends, so this is in place before the block is loaded.
  vi.spyOn(https, "request").mockImplementation(((there: RequestOptions) => {
    const { port, hostname } = new URL(url);
    return http.request({ ...there, agent: undefined, protocol: "http:", hostname, port });
  }) as typeof https.request);
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request = new Request(input, init);
    const there = request.url.replace("https://cloud.mongodb.com", url);
    const { method, headers, signal } = request;
    const body = request.body && (await request.text());
    const answer = await fetch(there, { method, headers, body, signal, redirect: "manual" });
    return Object.defineProperty(answer, "url", { value: request.url }); // for the block there has been no other place
  });
  const isPause = (delayMs: number) => delayMs >= 1000 && delayMs < 30_000; // not a time limit, nor a tick of fetch's own
  vi.stubGlobal("setTimeout", (callback: (...words: unknown[]) => void, delayMs = 0, ...words: unknown[]) =>
    setTimeout(callback, isPause(delayMs) ? delayMs / 100 : delayMs, ...words),
  );
  vi.stubEnv("MONGODB_ATLAS_CLIENT_ID", credentials.serviceAccount.clientId);
  vi.stubEnv("MONGODB_ATLAS_CLIENT_SECRET", credentials.serviceAccount.clientSecret);
  vi.stubEnv("MONGODB_ATLAS_PUBLIC_KEY", credentials.digest.publicKey);
  vi.stubEnv("MONGODB_ATLAS_PRIVATE_KEY", credentials.digest.privateKey);
  const printed: string[] = [];
  for (const method of ["log", "warn", "error", "dir"] as const)
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => void printed.push(format(...words)));
  return printed;
}
