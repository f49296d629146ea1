import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, request } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@atlas-streams/mock";
import { expect, onTestFinished, test } from "vitest";
import { environmentOf, homeOf, run } from "./support/command.js";

const list = ["private-link", "list", "-o", "json"];
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

async function listen(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A certificate for a host that only the proxy can find. */
function certificate(host: string) {
  const folder = mkdtempSync(join(tmpdir(), "atlas-streams-tls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "1",
      "-subj",
      `/CN=${host}`,
      "-addext",
      `subjectAltName=DNS:${host}`,
      "-keyout",
      key,
      "-out",
      cert,
    ],
    { stdio: "ignore" },
  );
  return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
}

/** A mock behind TLS at atlas.invalid, and a proxy that leads there. */
async function world() {
  const mock = await startMock({ connections: [], names: ["atlas.invalid"] });
  onTestFinished(() => mock.stop());
  const { key, cert, file } = certificate("atlas.invalid");
  const tls = createHttpsServer({ key, cert }, (incoming, response) => {
    const { method, headers, url = "" } = incoming;
    const onward = request(mock.url + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  const tlsPort = await listen(tls);
  const connects: string[] = [];
  const proxy = createHttpServer().on("connect", ({ url = "" }, socket, head) => {
    connects.push(url);
    const tunnel = connect(tlsPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      tunnel.write(head);
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const each of [socket, tunnel]) each.on("error", () => each.destroy());
  });
  const proxyUrl = `http://127.0.0.1:${await listen(proxy)}`;
  const env = homeOf({
    ...environmentOf(mock),
    MONGODB_ATLAS_BASE_URL: "https://atlas.invalid",
    NODE_EXTRA_CA_CERTS: file,
  });
  return { env, proxyUrl, connects, file };
}

test.skipIf(!hasOpenssl)(
  "HTTPS_PROXY is obeyed, in upper case and in lower, and NO_PROXY names what goes without it",
  async () => {
    const { env, proxyUrl, connects } = await world();
    expect(await run(list, { ...env, HTTPS_PROXY: proxyUrl })).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
    expect(new Set(connects)).toEqual(new Set(["atlas.invalid:443"]));
    expect((await run(list, { ...env, https_proxy: proxyUrl })).code).toBe(0);
    const before = connects.length;
    const without = await run(list, { ...env, HTTPS_PROXY: proxyUrl, NO_PROXY: "other.example,.invalid" });
    expect(without.code).toBe(8);
    expect(without.stderr).toContain("ENOTFOUND");
    expect(connects).toHaveLength(before);
  },
);

test.skipIf(!hasOpenssl)(
  "A certificate that nobody vouches for is refused, and doctor tells it from the proxy",
  async () => {
    const { env, proxyUrl } = await world();
    const { NODE_EXTRA_CA_CERTS: _, ...trusting } = env;
    const { code } = await run(list, { ...trusting, HTTPS_PROXY: proxyUrl });
    expect(code).toBe(8);
    const { stdout } = await run(["doctor", "-o", "json"], { ...trusting, HTTPS_PROXY: proxyUrl });
    const wrong = JSON.parse(stdout).find(({ is }: { is: string }) => is === "wrong");
    expect(wrong.detail).toMatch(/^the certificate is not trusted \(\w*SELF_SIGNED\w*\)$/);
    expect(wrong.advice).toContain("NODE_EXTRA_CA_CERTS");
  },
);

test("A proxy that is no URL is told in a sentence", async () => {
  const mock = await startMock({ connections: [], names: ["atlas.invalid"] });
  onTestFinished(() => mock.stop());
  const env = homeOf({ ...environmentOf(mock), MONGODB_ATLAS_BASE_URL: "https://atlas.invalid", HTTPS_PROXY: "::" });
  const { code, stderr } = await run(["private-link", "list"], env);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "atlas-streams: HTTPS_PROXY has to be a URL, such as http://proxy.example:3128.\n",
  });
});
