import { createServer, type Server } from "node:http";
import { Agent } from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { createProxy } from "proxy";
import { expect, test } from "vitest";
import { connect, connection, connectionId, groupId, listen, rejection, startService } from "./service.js";

const one = { groupId, connectionId };
const secret = "proxy-secret-0123456789";

/** A real proxy on this machine, which may want a password, and the ways by CONNECT that it has been asked for. */
async function startProxy(password?: string) {
  const server: Server = createProxy(createServer());
  const asked: (string | undefined)[] = [];
  server.on("connect", (request) => void asked.push(request.url));
  if (password)
    Object.assign(server, {
      authenticate: ({ headers }: { headers: NodeJS.Dict<string> }) =>
        headers["proxy-authorization"] === `Basic ${btoa(`user:${password}`)}`,
    });
  return { port: await listen(server), server, asked };
}

/** A service that speaks TLS, and the agent's option that trusts its certificate. */
async function startSecure() {
  const service = await startService({ certificateOf: "localhost" });
  return { service, ca: service.ca };
}

test("a call goes through a proxy by CONNECT, TLS from end to end", async () => {
  const { service, ca } = await startSecure();
  const proxy = await startProxy();
  const agent = new HttpsProxyAgent(`http://127.0.0.1:${proxy.port}`, { keepAlive: true });
  Object.assign(agent.options, { ca });
  const atlas = connect(service.url, { agent });
  expect(await atlas.privateLinkConnections.get(one)).toEqual(connection);
  expect(await atlas.privateLinkConnections.get(one)).toEqual(connection);
  expect(proxy.asked).toEqual([`localhost:${service.port}`]);
});

test("a proxy that wants a password gets it, and nobody else does", async () => {
  const { service, ca } = await startSecure();
  const proxy = await startProxy(secret);
  const agent = new HttpsProxyAgent(`http://user:${secret}@127.0.0.1:${proxy.port}`);
  Object.assign(agent.options, { ca });
  expect(await connect(service.url, { agent }).privateLinkConnections.get(one)).toEqual(connection);
  expect(JSON.stringify(service.arrived.map(({ headers }) => headers))).not.toContain("proxy-authorization");
});

test("a proxy that is refused its password says 407: the call never left, and the error shows no password", async () => {
  const { service } = await startSecure();
  const proxy = await startProxy("another");
  const agent = new HttpsProxyAgent(`http://user:${secret}@127.0.0.1:${proxy.port}`);
  const error = await rejection(connect(service.url, { agent }).privateLinkConnections.get(one));
  expect(error).toMatchObject({ code: "CONNECTION", unsent: true, status: 407 });
  expect((error as Error).message).toContain("proxy wants credentials");
  expect(JSON.stringify(error)).not.toContain(secret);
  expect(service.arrived).toHaveLength(0);
});

test("a proxy that goes away in the middle of an answer breaks the call off; a read is repeated", async () => {
  let cuts = 0;
  const service = await startService({
    certificateOf: "localhost",
    api: (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      if (cuts++ > 0) return response.end(JSON.stringify(connection));
      response.write("{", () => proxy.server.closeAllConnections());
      for (const socket of tunnels) socket.destroy();
    },
  });
  const proxy = await startProxy();
  const tunnels = new Set<import("node:stream").Duplex>();
  proxy.server.on("connect", (_request, socket) => void tunnels.add(socket));
  const agent = new HttpsProxyAgent(`http://127.0.0.1:${proxy.port}`);
  Object.assign(agent.options, { ca: service.ca });
  expect(await connect(service.url, { agent }).privateLinkConnections.get(one)).toEqual(connection);
  expect(service.arrived).toHaveLength(2);
});

test("an agent of node:https carries an authority of one's own", async () => {
  const { service, ca } = await startSecure();
  const agent = new Agent({ ca, keepAlive: true });
  expect(await connect(service.url, { agent }).privateLinkConnections.get(one)).toEqual(connection);
  const error = await rejection(connect(service.url).privateLinkConnections.get(one));
  expect(error).toMatchObject({ code: "CONNECTION", unsent: true, message: expect.stringContaining("SELF_SIGNED") });
  agent.destroy();
});

test("a proxy that opens TLS itself is seen as a certificate that nobody known has signed", async () => {
  const impostor = await startService({ certificateOf: "localhost" });
  const error = await rejection(connect(impostor.url).privateLinkConnections.get(one));
  expect(error).toMatchObject({ unsent: true });
  expect(impostor.arrived).toHaveLength(0);
});
