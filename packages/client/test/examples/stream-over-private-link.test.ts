import { type AtlasClient, createClient, serviceAccount } from "@atlas-streams/client";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { expect, onTestFinished, test, vi } from "vitest";
import { connectSource, disconnectSource, main } from "../../examples/stream-over-private-link.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1";
const source = {
  groupId,
  tenantName: "mine",
  name: "orders-kafka",
  arn,
  bootstrapServers: "b-1.orders.example.com:9098",
  username: "streams",
  password: "not-a-real-password",
  intervalMs: 5,
};

/** A mock with a workspace, and a client of it. */
async function start(options: MockOptions): Promise<{
  mock: Mock;
  atlas: AtlasClient;
  lines: string[];
  run: (signal?: AbortSignal) => ReturnType<typeof connectSource>;
}> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  const atlas = createClient({ baseUrl: mock.url, auth: serviceAccount(mock.credentials.serviceAccount) });
  const dataProcessRegion = { cloudProvider: "AWS", region: "VIRGINIA_USA" };
  await atlas.streamWorkspaces.create({ groupId, body: { name: "mine", dataProcessRegion } });
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line.replace(/ after \d+ ms$/, ""));
  const run = (signal = new AbortController().signal) => connectSource(atlas, { ...source, signal, print });
  return { mock, atlas, lines, run };
}

test("a stream connection is made once its Private Link is ready, and both can be removed again in order", async () => {
  const { mock, atlas, lines, run } = await start({ connections: [] });
  const connection = await run();
  expect(lines).toEqual(["link IDLE", "link WORKING", "link DONE", "orders-kafka is READY"]);
  const writes = mock.requests.filter(({ method, path }) => method === "POST" && path.includes("/streams/"));
  expect(writes.map(({ path }) => path.replace(/.*\/streams\//, ""))).toEqual([
    "privateLinkConnections",
    "mine/connections",
  ]);

  const connectionId = connection.networking?.access?.connectionId ?? "";
  expect(await atlas.privateLinkConnections.get({ groupId, connectionId })).toMatchObject({ arn, state: "DONE" });
  await expect(atlas.privateLinkConnections.delete({ groupId, connectionId })).rejects.toMatchObject({
    errorCode: "STREAM_PRIVATE_LINK_IN_USE",
  });
  await disconnectSource(atlas, source);
  expect((await atlas.streamConnections.listPage({ groupId, tenantName: "mine" })).results).toEqual([]);
  await atlas.privateLinkConnections.waitUntilDeleted({ groupId, connectionId }, { intervalMs: 5 });
});

test("interrupted while the link is being made, it goes on with the same link when it is run again", async () => {
  const { mock, lines, run } = await start({ connections: [] });
  const abort = new AbortController();
  const first = run(abort.signal);
  while (!lines.includes("link IDLE")) await new Promise((resolve) => setTimeout(resolve, 1));
  abort.abort(new Error("Interrupted."));
  await expect(first).rejects.toThrow("Interrupted.");
  await run();
  const made = mock.requests.filter(({ operationId }) => operationId === "createGroupStreamPrivateLinkConnection");
  expect(made).toHaveLength(1);
  expect(lines.at(-1)).toBe("orders-kafka is READY");
});

test("no stream connection is made over a link that failed", async () => {
  const { mock, run } = await start({ connections: [], scenario: { fails: "No such cluster." } });
  await expect(run()).rejects.toMatchObject({ code: "WAIT_FAILED", errorMessage: "No such cluster." });
  expect(mock.requests.map(({ operationId }) => operationId)).not.toContain("createGroupStreamConnection");
});

test("a workspace that is not there is told at once, and no link is made", async () => {
  const { mock } = await start({ connections: [] });
  const { clientId, clientSecret } = mock.credentials.serviceAccount;
  vi.stubEnv("MONGODB_ATLAS_BASE_URL", mock.url);
  vi.stubEnv("MONGODB_ATLAS_CLIENT_ID", clientId);
  vi.stubEnv("MONGODB_ATLAS_CLIENT_SECRET", clientSecret);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(main([groupId, "other", arn, source.bootstrapServers])).rejects.toMatchObject({
    errorCode: "STREAM_TENANT_NOT_FOUND_FOR_NAME",
  });
  expect(mock.requests.map(({ operationId }) => operationId)).not.toContain("createGroupStreamPrivateLinkConnection");
  expect(mock.requests.at(-1)?.path).toBe("/api/oauth/revoke");
});
