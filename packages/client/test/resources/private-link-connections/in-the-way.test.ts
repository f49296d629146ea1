import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { rejection } from "@atlas-streams/testing";
import { expect, onTestFinished, test } from "vitest";
import { AlreadyExistsError, createClient, serviceAccount } from "../../../src/index.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const token = "kx_Zq8vB3nM7xK2pL5wR9sT4yU1";
const body = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/1" } as const;

/** A server that has failed connections, as many as told, and refuses another beside them. */
async function startServer(count: number, shown: (authorization: string) => object): Promise<string> {
  const server = createServer(({ url, method, headers: { authorization = "" } }, response) => {
    const connection = { _id: "32b6e34b3d91647abb20e7b9", ...body, state: "FAILED", ...shown(authorization) };
    const isLogin = url?.startsWith("/api/oauth");
    const isList = method === "GET";
    const answer = isLogin
      ? { access_token: token, expires_in: 3600 }
      : isList
        ? { results: Array.from({ length: count }, (_, index) => ({ ...connection, index })), totalCount: count }
        : { error: 400, errorCode: "STREAM_PRIVATE_LINK_ALREADY_EXISTS", detail: "There is one." };
    response
      .writeHead(isLogin || isList ? 200 : 400, { "content-type": "application/json" })
      .end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refusalBy(baseUrl: string): Promise<AlreadyExistsError> {
  const auth = serviceAccount({ clientId: "mdb_sa_id_1", clientSecret: "mdb_sa_sk_1" });
  const { privateLinkConnections } = createClient({ baseUrl, auth, retry: false });
  const error = await rejection(privateLinkConnections.createOrAdopt({ groupId, body }));
  expect(error).toBeInstanceOf(AlreadyExistsError);
  return error as AlreadyExistsError;
}

test.each([
  ["its reason", (authorization: string) => ({ errorMessage: `You sent ${authorization}` })],
  ["its id", (authorization: string) => ({ _id: authorization.replace("Bearer ", "") })],
  ["its state", (authorization: string) => ({ state: authorization.replace("Bearer ", ""), arn: undefined })],
])(
  "a connection that is in the way, and shows what the list was asked with in %s, shows no secret",
  async (_, shown) => {
    const error = await refusalBy(await startServer(1, shown)).catch((other: unknown) => other);
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain(token);
  },
);

test("what the error has of the connections in the way is bounded", async () => {
  const errorMessage = "No. ".repeat(1000);
  const error = await refusalBy(await startServer(400, () => ({ errorMessage })));
  expect(error.inTheWay[0]).toMatchObject({ ...body, errorMessage, state: "FAILED" });
  expect(JSON.stringify(error).length).toBeLessThan(200_000);
});
