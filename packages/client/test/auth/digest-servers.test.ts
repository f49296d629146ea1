import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import httpAuth from "http-auth";
import { describe, expect, it, onTestFinished } from "vitest";
import { startApache, whyNoApache } from "./apache.js";
import { startDigestClient } from "./digest-client.js";
import { keys } from "./digest-server.js";

// Servers that none of us wrote. http-auth refuses every count that is lower than one it has seen,
// Apache gives each nonce a lifetime: between them they hold the client to both.

describe("http-auth", () => {
  async function startHttpAuth(options: { algorithm?: "MD5" | "MD5-sess"; qop?: "none" } = {}) {
    const realm = "MMS Public API";
    const protect = () =>
      httpAuth
        .digest({ realm, ...options }, (_username, answer) =>
          answer(createHash("md5").update(`${keys.publicKey}:${realm}:${keys.privateKey}`).digest("hex")),
        )
        .check((request, response) => {
          request.pipe(response);
        });
    let listener = protect();
    const arrivals: string[] = [];
    const server = createServer((request, response) => {
      arrivals.push(request.headers.authorization ?? "");
      listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      arrivals,
      restart() {
        listener = protect();
      },
    };
  }

  it.each([{}, { algorithm: "MD5-sess" }, { qop: "none" }] as const)(
    "takes one round trip a call, cold and warm, with %j",
    async (options) => {
      const server = await startHttpAuth(options);
      const client = startDigestClient(server.url);
      for (let call = 0; call < 5; call++) expect((await client.call(`/${call}?x=%20y`)).status).toBe(200);
      expect(client.sent).toBe(6);
    },
  );

  it("takes 100 parallel calls of a warm client in 100 or 101 requests, each count once", async () => {
    const server = await startHttpAuth();
    const client = startDigestClient(server.url);
    await client.call();
    expect(await client.parallel(100)).toEqual([200]);
    expect(client.sent - 2).toBeLessThanOrEqual(101);
    const counts = server.arrivals
      .filter(Boolean)
      .map((header) => /nonce="(.*?)".*nc=(\w{8})/.exec(header)?.slice(1).join(" "));
    expect(new Set(counts).size).toBe(counts.length);
  });

  it("takes 100 parallel calls of a cold client with one request that met the challenge", async () => {
    const server = await startHttpAuth();
    const client = startDigestClient(server.url);
    expect(await client.parallel(100)).toEqual([200]);
    expect(server.arrivals.filter((header) => !header)).toHaveLength(1);
  });

  it("may forget its nonces in a restart, and takes a POST with its body after it", async () => {
    const server = await startHttpAuth();
    const client = startDigestClient(server.url);
    await client.call();
    server.restart();
    expect((await client.call("/", { method: "POST", body: "made" })).text).toBe("made");
    server.restart();
    expect(await client.parallel(100)).toEqual([200]);
  });

  it("refuses a wrong key, and is asked no more than once", async () => {
    const server = await startHttpAuth();
    const client = startDigestClient(server.url, { keys: { ...keys, privateKey: "another" } });
    expect((await client.call()).status).toBe(401);
    expect(client.sent).toBe(2);
  });
});

if (whyNoApache) console.log(`Digest is not tested against Apache: ${whyNoApache}.`);

describe.skipIf(whyNoApache)("Apache httpd's mod_auth_digest", () => {
  it("takes one round trip a call", async () => {
    const apache = await startApache();
    const client = startDigestClient(apache.url);
    for (let call = 0; call < 5; call++) {
      const answer = await client.call("/index.html?pretty=true");
      expect([answer.status, answer.text]).toEqual([200, "private"]);
    }
    expect(client.sent).toBe(6);
    await expect.poll(() => apache.statuses()).toEqual([401, 200, 200, 200, 200, 200]);
  });

  it("takes 100 parallel calls, of a cold client in 101 requests and of a warm one in 100", async () => {
    const apache = await startApache();
    const client = startDigestClient(apache.url);
    const hundred = () =>
      Promise.all(Array.from({ length: 100 }, async () => (await client.call("/index.html")).status));
    expect(new Set(await hundred())).toEqual(new Set([200]));
    expect(client.sent).toBe(101);
    expect(new Set(await hundred())).toEqual(new Set([200]));
    expect(client.sent).toBe(201);
  });

  it("may call the nonce stale, and gets the same call again with a new one, 100 at a time too", async () => {
    const apache = await startApache({ nonceLifetimeSeconds: 4 });
    const client = startDigestClient(apache.url);
    // A real wait: the lifetime runs by Apache's clock, in whole seconds, and no test can move that.
    // Four seconds, so that a busy machine does not outlive a nonce between its challenge and the answer.
    const outlive = () => new Promise((resolve) => setTimeout(resolve, 5100));
    const call = async () => (await client.call("/index.html")).status;
    expect(await call()).toBe(200);
    await outlive();
    expect(await call()).toBe(200);
    await outlive();
    const answers = await Promise.all(Array.from({ length: 100 }, call));
    expect(new Set(answers)).toEqual(new Set([200]));
    const statuses = await apache.statuses();
    expect(statuses.slice(0, 4)).toEqual([401, 200, 401, 200]);
    expect(statuses.slice(4)).toContain(401);
    expect(client.sent).toBeLessThanOrEqual(4 + 200);
  });

  it("refuses a wrong key, and is asked no more than once", async () => {
    const apache = await startApache();
    const client = startDigestClient(apache.url, { keys: { ...keys, privateKey: "another" } });
    expect((await client.call()).status).toBe(401);
    expect(client.sent).toBe(2);
  });
});
