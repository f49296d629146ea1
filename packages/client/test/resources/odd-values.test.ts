import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type AtlasClient, createClient, isAtlasError, serviceAccount } from "../../src/index.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const connectionId = "32b6e34b3d91647abb20e7b9";
const body = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/1" } as const;

/** JSON that can be read, and not be made into a text or a number. */
const stubborn = '{"toString":1}';
/** JSON that can be read, and not be written. */
const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

const token = '{"access_token":"token-number-1","expires_in":3600}';

/** A client of a server that answers every login and every call with the same. */
async function startClient(answer: string, { status = 200, login = token } = {}): Promise<AtlasClient> {
  const server = createServer((incoming, response) => {
    const isLogin = incoming.url?.startsWith("/api/oauth");
    response.writeHead(isLogin ? 200 : status, { "content-type": "application/json" }).end(isLogin ? login : answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const auth = serviceAccount({ clientId: "mdb_sa_id_1", clientSecret: "mdb_sa_sk_1" });
  return createClient({ baseUrl: `http://127.0.0.1:${port}`, auth, retry: false });
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error === undefined || isAtlasError(error), String(error)).toBe(true);
  return error;
}

describe("an answer has a value that can be read, and not used, in the place of", () => {
  test("the status in an envelope", async () => {
    const { privateLinkConnections } = await startClient(`{"status":${stubborn},"content":{}}`);
    const error = await errorOf(privateLinkConnections.get({ groupId, connectionId, envelope: true }));
    expect(error).toMatchObject({ code: "UNEXPECTED_RESPONSE" });
  });

  test("a state", async () => {
    const { privateLinkConnections } = await startClient(`{"_id":"${connectionId}","state":${stubborn}}`);
    const [parameters, options] = [
      { groupId, connectionId },
      { intervalMs: 5, timeoutMs: 30 },
    ];
    for (const wait of [privateLinkConnections.waitUntilDone, privateLinkConnections.waitUntilDeleted])
      expect(await errorOf(wait(parameters, options))).toMatchObject({ code: "WAIT_TIMEOUT" });
  });

  test("the lifetime of a token, which counts as none", async () => {
    const login = `{"access_token":"token-number-1","expires_in":${stubborn}}`;
    const { privateLinkConnections } = await startClient(`{"_id":"${connectionId}"}`, { login });
    expect(await errorOf(privateLinkConnections.get({ groupId, connectionId }))).toBeUndefined();
  });

  test("an item that nothing tells from another", async () => {
    const { privateLinkConnections } = await startClient(`{"results":[{"region":${deep}}],"totalCount":1}`);
    const given = [];
    for await (const connection of privateLinkConnections.list({ groupId })) given.push(connection);
    expect(given).toHaveLength(1);
  });

  test("what tells one far end from another", async () => {
    const connection = `{"_id":"${connectionId}","provider":"AWS","vendor":"MSK","arn":${deep},"state":"DONE"}`;
    const { privateLinkConnections } = await startClient(`{"results":[${connection}],"totalCount":1}`);
    expect(await errorOf(privateLinkConnections.createOrAdopt({ groupId, body }))).toBeUndefined();
  });

  test("an error's body that a middleware has let pass", async () => {
    const { privateLinkConnections, raw } = await startClient(`{"detail":${deep}}`, { status: 400 });
    raw.use({ onResponse: () => undefined });
    expect(await errorOf(privateLinkConnections.get({ groupId, connectionId }))).toMatchObject({ status: 400 });
  });
});
