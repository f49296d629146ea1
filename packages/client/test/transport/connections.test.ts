import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ClientOptions } from "../../src/index.js";
import {
  answerJson,
  type Behaviour,
  connect,
  connection,
  connectionId,
  groupId,
  rejection,
  type Service,
  startService,
} from "./service.js";

const one = { groupId, connectionId };
const transports: [string, ClientOptions][] = [
  ["node:http", {}],
  ["fetch", { fetch: (url, init) => globalThis.fetch(url, init) }],
];

/** The connections that have been opened, and how many of them are open at once at most. */
function watchConnections({ server }: Service) {
  const sockets = new Set<Socket>();
  const seen = { opened: 0, mostAtOnce: 0, sockets };
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    seen.opened++;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, sockets.size);
    socket.on("close", () => sockets.delete(socket));
  });
  return seen;
}

describe.each(transports)("over %s", (_name, options) => {
  test.each([
    [undefined, 50],
    [7, 7],
  ])("of 1,000 parallel calls with maxConnections %s, %i are under way at once", async (maxConnections, most) => {
    let underWay = 0;
    let mostUnderWay = 0;
    const service = await startService({
      api: (request, response) => {
        mostUnderWay = Math.max(mostUnderWay, ++underWay);
        response.on("close", () => underWay--);
        setImmediate(() => answerJson(connection)(request, response));
      },
    });
    const seen = watchConnections(service);
    const atlas = connect(service.url, { ...options, maxConnections });
    const calls = Array.from({ length: 1000 }, () => atlas.privateLinkConnections.get(one));
    expect(await Promise.all(calls)).toHaveLength(1000);
    expect(mostUnderWay).toBeLessThanOrEqual(most);
    // What a fetch does with the connections that it has is its own affair.
    if (!options.fetch) expect(seen.mostAtOnce).toBe(most);
  });

  test("time in the queue does not count against the attempt", async () => {
    const slow: Behaviour = (request, response) => void setTimeout(() => answerJson(connection)(request, response), 60);
    const service = await startService({ api: slow });
    const atlas = connect(service.url, { ...options, maxConnections: 1, timeoutMs: 600, retry: false });
    await atlas.privateLinkConnections.get(one); // so that the login is no part of it
    const calls = Array.from({ length: 15 }, () => atlas.privateLinkConnections.get(one));
    expect(await Promise.all(calls)).toHaveLength(15); // the last waits for 840 ms
  });

  test("time in the queue counts against the deadline", async () => {
    const service = await startService({ api: () => {} });
    const atlas = connect(service.url, { ...options, maxConnections: 1, retry: false });
    const first = rejection(atlas.privateLinkConnections.get(one, { deadlineMs: 300 }));
    await expect.poll(() => service.arrived.length).toBe(1);
    const error = await rejection(atlas.privateLinkConnections.get(one, { deadlineMs: 40 }));
    expect(error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("deadline of 40 ms") });
    expect(service.arrived).toHaveLength(1);
    await first;
  });

  test("whoever fails, times out or is aborted gives its place back", async () => {
    let answer: Behaviour = (request) => void request.socket.destroy();
    const service = await startService({ api: (request, response) => answer(request, response) });
    const atlas = connect(service.url, { ...options, maxConnections: 1, retry: false });
    await rejection(atlas.privateLinkConnections.get(one));
    answer = () => {};
    await rejection(atlas.privateLinkConnections.get(one, { timeoutMs: 30 }));
    const abort = new AbortController();
    const aborted = rejection(atlas.privateLinkConnections.get(one, { signal: abort.signal }));
    await expect.poll(() => service.arrived.length).toBe(3);
    abort.abort();
    await aborted;
    answer = answerJson(connection);
    expect(await atlas.privateLinkConnections.get(one)).toEqual(connection);
  });

  test("a redirect is not followed", async () => {
    const elsewhere = await startService();
    const service = await startService({
      api: (_request, response) => void response.writeHead(307, { location: elsewhere.url }).end(),
    });
    const error = await rejection(connect(service.url, options).privateLinkConnections.get(one));
    expect(error).toMatchObject({ code: "UNEXPECTED_RESPONSE", status: 307 });
    expect(elsewhere.arrived).toHaveLength(0);
  });

  test("early hints are skipped", async () => {
    const service = await startService({
      api: (request, response) => {
        response.writeEarlyHints({ link: "</style.css>; rel=preload" });
        answerJson(connection)(request, response);
      },
    });
    expect(await connect(service.url, options).privateLinkConnections.get(one)).toEqual(connection);
  });

  test("reads survive connections that the server closes between two calls", async () => {
    const service = await startService();
    const seen = watchConnections(service);
    const atlas = connect(service.url, options);
    await Promise.all(Array.from({ length: 20 }, () => atlas.privateLinkConnections.get(one)));
    for (const socket of seen.sockets) socket.destroy();
    const again = Array.from({ length: 20 }, () => atlas.privateLinkConnections.get(one)); // before their end is heard of
    expect(await Promise.all(again)).toHaveLength(20);
  });
});

test("calls in turn use one connection", async () => {
  const service = await startService();
  const seen = watchConnections(service);
  const atlas = connect(service.url);
  for (let call = 0; call < 5; call++) await atlas.privateLinkConnections.get(one);
  expect(seen.opened).toBe(1);
});

test("a write does not go over a connection that has been idle, which may be dead", async () => {
  const service = await startService();
  const seen = watchConnections(service);
  const { privateLinkConnections } = connect(service.url);
  await privateLinkConnections.get(one);
  for (const socket of seen.sockets) socket.destroy();
  const body = {
    provider: "AWS",
    vendor: "MSK",
    arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/1",
  } as const;
  expect(await privateLinkConnections.create({ groupId, body })).toEqual(connection);
  expect(service.arrived.map(({ method }) => method)).toEqual(["GET", "POST"]);
});

test("close() closes the connections that nobody uses, and the client stays usable", async () => {
  const service = await startService();
  const seen = watchConnections(service);
  const atlas = connect(service.url);
  await atlas.privateLinkConnections.get(one);
  await atlas.close();
  await expect.poll(() => seen.sockets.size).toBe(0);
  expect(await atlas.privateLinkConnections.get(one)).toEqual(connection);
});

test("a request under way survives close()", async () => {
  let release = () => {};
  const service = await startService({
    api: (request, response) => {
      release = () => answerJson(connection)(request, response);
    },
  });
  const atlas = connect(service.url);
  const call = atlas.privateLinkConnections.get(one);
  await expect.poll(() => service.arrived.length).toBe(1);
  await atlas.close();
  release();
  expect(await call).toEqual(connection);
});

test("many calls and waits on one signal print nothing, and leave nothing on it", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const service = await startService({ api: answerJson({ ...connection, results: [connection], totalCount: 1 }) });
  const atlas = connect(service.url);
  const { signal } = new AbortController();
  let listeners = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  let most = 0;
  signal.addEventListener = (...parameters: Parameters<typeof add>) => {
    most = Math.max(most, ++listeners);
    add(...parameters);
  };
  signal.removeEventListener = (...parameters: Parameters<typeof remove>) => {
    listeners--;
    remove(...parameters);
  };
  const calls = Array.from({ length: 60 }, () => atlas.privateLinkConnections.get(one, { signal }));
  const waits = Array.from({ length: 60 }, () => atlas.privateLinkConnections.waitUntilDone(one, { signal }));
  await Promise.all([...calls, ...waits]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
  expect(most).toBe(1);
  expect(listeners).toBe(0);
});

test("all that share a signal reject with its reason when it aborts", async () => {
  const service = await startService({ api: () => {} });
  const atlas = connect(service.url);
  const abort = new AbortController();
  const calls = Array.from({ length: 30 }, () =>
    rejection(atlas.privateLinkConnections.get(one, { signal: abort.signal })),
  );
  await expect.poll(() => service.arrived.length).toBe(30);
  abort.abort("enough");
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["enough"]));
});

test("an agent and a fetch together are refused", () => {
  expect(() => connect("https://cloud.example", { agent: {}, fetch: globalThis.fetch })).toThrow("leave one out");
});

test("headers that frame the message are refused before anything is sent", async () => {
  const service = await startService();
  for (const name of ["Content-Length", "transfer-encoding", "Host", "connection"])
    await expect(connect(service.url).privateLinkConnections.get(one, { headers: { [name]: "1" } })).rejects.toThrow(
      `headers must not have ${name.toLowerCase()}`,
    );
  expect(service.arrived).toHaveLength(0);
});

test("the headers of a client stand in every request that it sends, and those of a call go before them", async () => {
  const everything: (string | undefined)[][] = [];
  const note = ({ headers }: { readonly headers: NodeJS.Dict<string | string[]> }) =>
    void everything.push([String(headers["x-team"]), String(headers["user-agent"])]);
  const service = await startService({
    api: (request, response) => {
      note(request);
      answerJson(connection)(request, response);
    },
    token: (request, response) => {
      note(request);
      answerJson({ access_token: "eyJ0b2tlbg.c2ln", expires_in: 3600 })(request, response);
    },
    revoke: (request, response) => {
      note(request);
      answerJson({})(request, response);
    },
  });
  const atlas = connect(service.url, { headers: { "X-Team": "streams" }, userAgent: "portal/2.1" });
  await atlas.privateLinkConnections.get(one);
  await atlas.privateLinkConnections.get(one, { headers: { "x-team": "kafka" } });
  await atlas.close();
  expect(everything.map(([team]) => team)).toEqual(["streams", "streams", "kafka", "streams"]);
  for (const [, userAgent] of everything) expect(userAgent).toMatch(/^portal\/2\.1 atlas-streams\//);
});
