import { execFile, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { json, text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { startProxy } from "../../src/index.js";
import { connectionPath, listPath, mockFor, newFolder } from "../helpers.js";

const accept = "application/vnd.atlas.2025-03-12+json";

/** One request with a `Host` of the caller's own. */
async function asked(url: string, options: object = {}): Promise<{ status: number | undefined; body: unknown }> {
  const { protocol, hostname, port } = new URL(url);
  const request = protocol === "https:" ? requestSecure : requestPlain;
  const outgoing = request({
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port,
    path: connectionPath,
    agent: false,
    headers: { accept },
    ...options,
  }).end();
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: await json(answer) };
}

function withHost(host: string): object {
  return { headers: { accept, host } };
}

test("With tls it talks https, and whoever trusts its authority believes it", async () => {
  const mock = await mockFor({ auth: "any", tls: true });
  expect(mock.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  for (const hostname of ["127.0.0.1", "localhost"])
    expect(await asked(mock.url, { hostname, ca: mock.ca })).toMatchObject({ status: 200, body: { state: "DONE" } });
  await expect(asked(mock.url)).rejects.toThrow("unable to verify the first certificate");
});

test("Links follow to https", async () => {
  const mock = await mockFor({ auth: "any", tls: true });
  const { body } = await asked(mock.url, { path: `${listPath}?itemsPerPage=1`, ca: mock.ca });
  expect(JSON.stringify(body)).toContain(`"href":"${mock.url}/`);
});

test("The authority vouches for nobody else, and its key is not handed out", async () => {
  const mock = await mockFor({ tls: true });
  const ca = new X509Certificate(mock.ca ?? "");
  expect(ca.ca).toBe(true);
  expect(mock.ca).not.toContain("PRIVATE");
  const outgoing = requestSecure(mock.url, { ca: mock.ca, agent: false }).end();
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage & { socket: import("node:tls").TLSSocket }];
  const { ca: isAuthority, issuer, validTo } = answer.socket.getPeerX509Certificate() as X509Certificate;
  answer.resume();
  expect([isAuthority, issuer]).toEqual([false, ca.subject]);
  expect(Date.parse(validTo) - Date.now()).toBeGreaterThan(300 * 86_400_000);
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.log("skipped: there is no openssl on this machine");

test.skipIf(!hasOpenssl)("Whoever is strict, as Python 3.13 is, believes it, too", async () => {
  const mock = await mockFor({ tls: true });
  const folder = newFolder();
  writeFileSync(join(folder, "ca.pem"), mock.ca ?? "");
  const trust = ["-CAfile", join(folder, "ca.pem"), "-x509_strict", "-verify_return_error", "-verify_ip", "127.0.0.1"];
  const place = ["-connect", new URL(mock.url).host];
  const child = execFile("openssl", ["s_client", "-brief", ...place, ...trust]);
  child.stdin?.end("Q\n");
  const said = child.stderr ? await text(child.stderr) : "";
  expect(said).toContain("Verification: OK");
});

test("A name that is given is in the certificate and among its own", async () => {
  const mock = await mockFor({ auth: "any", tls: true, names: ["atlas-mock.test.svc"] });
  const options = { servername: "atlas-mock.test.svc", ca: mock.ca, ...withHost("atlas-mock.test.svc") };
  expect(await asked(mock.url, options)).toMatchObject({ status: 200 });
});

test("Without tls there is no authority", async () => {
  const mock = await mockFor();
  expect("ca" in mock).toBe(false);
});

test.each(["localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:4010", "localhost.:4010"])(
  "%s is one of its own names",
  async (host) => {
    const mock = await mockFor({ auth: "any" });
    expect((await asked(mock.url, withHost(host))).status).toBe(200);
  },
);

test.each([
  "evil.example",
  "evil.example:4010",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "127.0.0.1@evil.example",
  "10.0.0.1",
  "[fd00::1]",
  "atlas-mock",
  " ",
  ".",
  "[::1].evil.example",
  "localhost, evil.example",
])("%s is none of its own names, and gets nothing", async (host) => {
  const mock = await mockFor({ auth: "any", cors: true });
  expect(await asked(mock.url, withHost(host))).toMatchObject({ status: 421, body: { errorCode: "MOCK_MISDIRECTED" } });
  expect(mock.requests).toEqual([]);
});

test("The proxy looks at the name, too", async () => {
  const upstream = await mockFor({ auth: "any" });
  const proxy = await startProxy({ upstream: upstream.url, onDeviation: () => {} });
  onTestFinished(() => proxy.stop());
  expect((await asked(proxy.url, withHost("evil.example"))).status).toBe(421);
  expect((await asked(proxy.url)).status).toBe(200);
});

test("HTTP/1.0 names no host, and no browser talks that", async () => {
  const mock = await mockFor({ auth: "any" });
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.end(`GET ${connectionPath} HTTP/1.0\r\nAccept: ${accept}\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

test("A host of its own opens it to others, who call it by address, by a name without a dot, or by a name that is given", async () => {
  const mock = await mockFor({ auth: "any", host: "0.0.0.0", names: ["atlas.test.svc"] });
  expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  for (const host of ["10.0.0.1:4010", "[fd00::1]:4010", "atlas-mock:4010", "atlas.test.svc", "localhost"])
    expect((await asked(mock.url, withHost(host))).status, host).toBe(200);
  for (const host of ["evil.example", "other.test.svc"])
    expect((await asked(mock.url, withHost(host))).status, host).toBe(421);
});

const outside = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .find(({ internal, family }) => !internal && family === "IPv4");
if (!outside) console.log("skipped: this machine has no address but loopback");

test.skipIf(!outside)("Unless it is told to, it listens to this machine alone", async () => {
  const address = outside?.address ?? "";
  const mock = await mockFor({ auth: "any" });
  await expect(asked(mock.url, { hostname: address })).rejects.toThrow("ECONNREFUSED");
  const open = await mockFor({ auth: "any", host: address });
  expect(open.url).toContain(`http://${address}:`);
  expect((await asked(open.url)).status).toBe(200);
});

test("IPv6 is an address like others", async () => {
  const mock = await mockFor({ auth: "any", host: "::1" });
  expect(mock.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await asked(mock.url)).status).toBe(200);
});

test("With tls it serves clients that speak nothing newer than HTTP/1.0", async () => {
  const mock = await mockFor({ auth: "any", tls: true });
  expect(await asked(mock.url, { ca: mock.ca, ALPNProtocols: ["http/1.0"] })).toMatchObject({ status: 200 });
});
