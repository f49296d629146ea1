import type { NetworkFetch } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect, kinds } from "./clients.js";
import { getOne, idle } from "./operations.js";

const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
const one = { groupId, connectionId };

/**
 * A fetch by the rules of Next.js: it keeps the answers to GETs whose init does not say `no-store` (versions 13 and 14),
 * and within a render shares those whose init has no signal (React, in all versions). `pnpm --filter
 * @atlas-streams/contract-tests next` takes Next.js itself.
 */
function startRender(): NetworkFetch {
  const kept = new Map<string, Promise<Response>>();
  const shared = new Map<string, Promise<Response>>();

  async function through(store: Map<string, Promise<Response>>, key: string, send: () => Promise<Response>) {
    if (!store.has(key)) store.set(key, send());
    return (await (store.get(key) ?? send())).clone();
  }

  return (url, init: RequestInit & { readonly cache?: string } = {}) => {
    const isRead = (init.method ?? "GET") === "GET";
    const key = JSON.stringify([url, ...new Headers(init.headers)]);
    const send = () => globalThis.fetch(url, init);
    const cached = isRead && init.cache !== "no-store" ? () => through(kept, key, send) : send;
    return isRead && !init.signal ? through(shared, key, cached) : cached();
  };
}

async function startService() {
  const mock = await startMock({ connections: [idle], scenario: { pace: { ms: 100 } } });
  onTestFinished(() => mock.stop());
  return mock;
}

describe.each(kinds)("with %s, over a fetch that keeps and shares what it reads", (kind) => {
  test("a wait sees each state as it comes, and ends when it is done", async () => {
    const mock = await startService();
    const { privateLinkConnections } = connect(kind, mock, { fetch: startRender() });
    const created = {
      provider: "AWS",
      vendor: "S3",
      region: "us-east-1",
      serviceEndpointId: "com.amazonaws.s3",
    } as const;
    const { _id: newId } = await privateLinkConnections.create({ groupId, body: created });
    const done = privateLinkConnections.waitUntilDone(
      { groupId, connectionId: newId },
      { intervalMs: 20, timeoutMs: 5000 },
    );
    expect((await done).state).toBe("DONE");
  });

  test("a read sees what has changed since the one before, in the same render", async () => {
    const mock = await startService();
    const { privateLinkConnections } = connect(kind, mock, { fetch: startRender() });
    expect((await privateLinkConnections.get(one)).state).toBe("IDLE");
    await mock.state.load([{ ...idle, state: "DONE" }]);
    expect((await privateLinkConnections.get(one)).state).toBe("DONE");
  });
});

test("such a fetch would answer a call that says nothing about it from its cache", async () => {
  const mock = await startService();
  const fetch = startRender();
  const url = `${mock.url}/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections`;
  const noStore = { cache: "no-store" } as RequestInit;
  const before = mock.requests.length;
  for (let count = 0; count < 2; count++) await fetch(url, { signal: new AbortController().signal });
  for (let count = 0; count < 2; count++) await fetch(`${url}?pageNum=1`, noStore);
  expect(mock.requests.length - before).toBe(2);
});
