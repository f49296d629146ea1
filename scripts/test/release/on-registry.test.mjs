import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isPublished, wordsFor } from "../../release/on-registry.mjs";

const name = "@atlas-streams/client";
const versions = (/** @type {string[]} */ ...all) => ({
  name,
  "dist-tags": { latest: all[0] },
  versions: Object.fromEntries(all.map((version) => [version, { name, version }])),
});

test.each([
  ["the version", 200, versions("0.2.0", "0.1.0"), true],
  ["another version", 200, versions("0.1.0"), false],
  ["no such package", 404, { error: "Not found" }, false],
])("a registry that has %s says so", async (_, status, body, expected) => {
  expect(await ask(await serve(status, JSON.stringify(body)))).toBe(expected);
});

test.each([
  ["an outage", 503, "{}"],
  ["a login", 401, "{}"],
  ["the page of a portal", 200, "<html>Welcome</html>"],
])("%s is no word on what is there, so that nothing goes out", async (_, status, body) => {
  await expect(ask(await serve(status, body))).rejects.toThrow(
    /does not say whether it has @atlas-streams\/client@0\.2\.0, but: \w/,
  );
});

test("nor is a registry that is not there", async () => {
  await expect(ask("http://127.0.0.1:1/")).rejects.toThrow(/does not say .*ECONNREFUSED/s);
});

test("the registry that is named is meant, and not one that is set up for the scope", async () => {
  const [named, ofTheScope] = await Promise.all(
    [versions("0.1.0"), versions("0.2.0")].map((body) => serve(200, JSON.stringify(body))),
  );
  expect(await ask(named ?? "", ofTheScope)).toBe(false);
});

/** @param {string} registry @param {string} ofTheScope what somebody has set up for packages of this scope */
async function ask(registry, ofTheScope = "http://127.0.0.1:1/") {
  const cwd = await mkdtemp(join(tmpdir(), "on-registry-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const npmrc = join(cwd, "npmrc");
  await writeFile(npmrc, `@atlas-streams:registry=${ofTheScope}\n`);
  const env = {
    ...process.env,
    npm_config_userconfig: npmrc,
    npm_config_fetch_retries: "0",
    npm_config_cache: join(cwd, "cache"),
  };
  return isPublished(name, "0.2.0", { cwd, where: wordsFor(registry), env });
}

/** @param {number} status @param {string} body @returns {Promise<string>} */
async function serve(status, body) {
  const server = createServer((_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(body),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}
