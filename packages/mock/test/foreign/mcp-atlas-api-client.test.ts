import { ApiClient, type ApiClientError, ClientCredentialsAuthProvider } from "@mongodb-js/mcp-atlas-api-client";
import { expect, test } from "vitest";
import type { Mock } from "../../src/index.js";
import { mockFor, msk } from "../helpers.js";

const atlas = "https://cloud.mongodb.com";
const groupId = "32b6e34b3d91647abb20e7b8";
const silent = { error() {} } as unknown as ConstructorParameters<typeof ApiClient>[0]["logger"];

/**
 * The vendor's client, unchanged. It fetches tokens over https only, so it is told that it talks to Atlas, and the fetch
 * that every embedder hands to it goes to the mock instead. (Its `close` uses the global fetch: it is not called here.)
 */
function clientOf({ url, credentials: { serviceAccount } }: Mock): ApiClient {
  const redirected: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    return fetch(new Request(request.url.replace(atlas, url), request));
  };
  const httpClient = { fetch: redirected, Request };
  const options = { baseUrl: atlas, userAgent: "mock-test", httpClient };
  return new ApiClient({
    options,
    logger: silent,
    authProvider: new ClientCredentialsAuthProvider({ ...options, ...serviceAccount }, silent),
  });
}

test("The vendor's own client logs in, and makes, lists, reads and deletes in its one version", async () => {
  const mock = await mockFor({ connections: [] });
  const client = clientOf(mock);
  const made = await client.createPrivateLinkConnection({ params: { path: { groupId } }, body: msk });
  expect(made).toMatchObject(msk);
  const list = await client.listPrivateLinkConnections({ params: { path: { groupId } } });
  expect(list.totalCount).toBe(1);
  const params = { path: { groupId, connectionId: made._id ?? "" } };
  expect(await client.getPrivateLinkConnection({ params })).toMatchObject({ _id: made._id, state: "WORKING" });
  await client.deletePrivateLinkConnection({ params });
  expect(mock.requests.map(({ operationId, status }) => `${operationId} ${status}`)).toEqual([
    "createToken 200",
    "createGroupStreamPrivateLinkConnection 200",
    "listGroupStreamPrivateLinkConnections 200",
    "getGroupStreamPrivateLinkConnection 200",
    "deleteGroupStreamPrivateLinkConnection 202",
  ]);
});

test("The vendor's own client reads the service's errors from the mock's", async () => {
  const mock = await mockFor({ connections: [] });
  const params = { path: { groupId, connectionId: "66f0c1d2e3a4b5c6d7e8f901" } };
  const error: ApiClientError = await clientOf(mock)
    .getPrivateLinkConnection({ params })
    .then(
      () => undefined,
      (error) => error,
    );
  expect(error.apiError).toMatchObject({ error: 404, errorCode: "RESOURCE_NOT_FOUND" });
  expect(error.message).toContain("[404 Not Found]");
});
