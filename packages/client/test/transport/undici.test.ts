import { createServer, type Server } from "node:http";
import { createProxy } from "proxy";
import { describe, expect, test } from "vitest";
import type { NetworkFetch } from "../../src/index.js";
import { connect, connection, connectionId, groupId, listen, rejection, startService } from "./service.js";

const one = { groupId, connectionId };

/** What each version of undici has in common, as far as it is needed here. Their types do not fit each other. */
interface Undici {
  readonly fetch: (url: string, init: object) => Promise<Response>;
  readonly ProxyAgent: new (options: object) => object;
  readonly Agent: new (options: object) => object;
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
// The eighth wants a newer Node than this package does.
const versions = [
  "undici-5",
  "undici-6",
  "undici-7",
  ...(major > 22 || (major === 22 && minor >= 19) ? ["undici-8"] : []),
];

describe.each(versions)("with the fetch of %s", (version) => {
  const load = async () => (await import(version)) as Undici;

  /** As the guide has it. */
  const fetchBy =
    ({ fetch }: Undici, dispatcher: object): NetworkFetch =>
    (url, init) =>
      fetch(url, { ...init, dispatcher });

  test("a call goes through its ProxyAgent, TLS from end to end", async () => {
    const undici = await load();
    const service = await startService({ certificateOf: "localhost" });
    const server: Server = createProxy(createServer());
    const asked: (string | undefined)[] = [];
    server.on("connect", (request) => void asked.push(request.url));
    const uri = `http://127.0.0.1:${await listen(server)}`;
    const limits = { headersTimeout: 0, bodyTimeout: 0 };
    const dispatcher = new undici.ProxyAgent({ uri, requestTls: { ca: service.ca }, ...limits });
    const atlas = connect(service.url, { fetch: fetchBy(undici, dispatcher) });
    expect(await atlas.privateLinkConnections.get(one)).toEqual(connection);
    expect(new Set(asked)).toEqual(new Set([`localhost:${service.port}`]));
  });

  test("what the Agent does not limit, the client's own limit ends, as one of the client's", async () => {
    const undici = await load();
    const silent = createServer(() => {});
    const url = `http://127.0.0.1:${await listen(silent)}`;
    const hasty = connect(url, { fetch: fetchBy(undici, new undici.Agent({ headersTimeout: 50 })), retry: false });
    expect(await rejection(hasty.privateLinkConnections.get(one, { timeoutMs: 20_000 }))).not.toMatchObject({
      code: "TIMEOUT",
    });
    const patient = connect(url, { fetch: fetchBy(undici, new undici.Agent({ headersTimeout: 0 })), retry: false });
    expect(await rejection(patient.privateLinkConnections.get(one, { timeoutMs: 2000 }))).toMatchObject({
      code: "TIMEOUT",
    });
  });
});
