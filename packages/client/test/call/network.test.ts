import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { startClock } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { attempt, type Network } from "../../src/call/attempt.js";
import { captureContext } from "../../src/call/caller-context.js";
import { waits } from "../../src/call/events.js";
import { chooseTransport, loadPlatform, type NetworkOptions, openNetwork } from "../../src/call/network.js";
import type { Queue } from "../../src/call/queue.js";
import { platform as web } from "../../src/platform/web.js";
import { aCall, anAnswer, aRequest } from "./calls.js";
import { hear } from "./hear.js";

const fetch = () => Promise.resolve(Response.json({ by: "fetch" }));
const retry = { attempts: 1, baseDelayMs: 0, maxDelayMs: 0 };

const prepare = (options: NetworkOptions, clock = startClock()) => openNetwork(options, { clock, retry });

/** A service on this machine, and the connections that are open to it. */
async function startService() {
  const server = createServer((_request, response) => void response.end('{"by":"node:http"}'));
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

/** Sends a request and gives what the answer says of who has sent it. */
async function sendBy(network: Network, url: string): Promise<string> {
  const { text } = await attempt(aCall(), network)(aRequest({ url }));
  return (JSON.parse(text) as { by: string }).by;
}

function placesOf(queue: Queue): number {
  let places = 0;
  while (places < 1000 && queue.tryEnter()) places++;
  return places;
}

// Before all others: whatever opens a network loads it.
describe("what the runtime has for the network", () => {
  test("is loaded by the first call, and each network is opened once", async () => {
    const network = prepare({ fetch });
    expect(network.hash()).toBeUndefined();
    const [first, second] = [network.open(), network.open()];
    expect(first).toBeInstanceOf(Promise);
    const opened = await first;
    expect(await second).toBe(opened);
    expect(network.open()).toBe(opened);
    expect(network.hash()?.("md5", "a")).toBe("0cc175b9c0f1b6a831c399e269772661");
  });

  test("is there at once for the next client, which has a network of its own", async () => {
    const first = await prepare({ fetch }).open();
    const second = prepare({ fetch }).open();
    expect(second).not.toBeInstanceOf(Promise);
    expect(second).not.toBe(first);
  });

  test("has the channels and the contexts of the runtime with it", async () => {
    const heard = hear("wait");
    await loadPlatform();
    waits.publish("a look");
    expect(heard).toEqual(["a look"]);
    expect(captureContext().run(() => "at once")).toBe("at once");
  });
});

describe("a network", () => {
  test.each([
    [{ maxConnections: 0 }, "maxConnections must be a whole number of 1 or more."],
    [{ maxConnections: 1.5 }, "maxConnections must be a whole number of 1 or more."],
    [{ maxAnswerBytes: 0 }, "maxAnswerBytes must be a whole number of 1 or more."],
    [{ maxAnswerBytes: "1" }, "maxAnswerBytes must be a whole number of 1 or more."],
    [{ fetch, agent: {} }, "agent goes with Node's own transport, and not with fetch: leave one out."],
  ])("is refused with %o", (options, message) => {
    expect(() => prepare(options as NetworkOptions)).toThrow(message);
  });

  test.each([{ maxConnections: 1, maxAnswerBytes: 1 }, { fetch }, { agent: {} }])("is not with %o", (options) => {
    expect(() => prepare(options)).not.toThrow();
  });

  test("has fifty places and takes 16 MiB, unless it is told otherwise", async () => {
    const [usual, own] = [await prepare({}).open(), await prepare({ maxConnections: 3, maxAnswerBytes: 1000 }).open()];
    expect([placesOf(usual.queue), usual.maxAnswerBytes]).toEqual([50, 16 * 1024 ** 2]);
    expect([placesOf(own.queue), own.maxAnswerBytes]).toEqual([3, 1000]);
  });

  test("holds back who is at the limit of requests, for as long as its clock says", async () => {
    const clock = startClock();
    const { gates } = await prepare({ fetch }, clock).open();
    const [call, request] = [aCall({ clock }), aRequest()];
    gates.learn(call, request, anAnswer(429, { "retry-after": "10" }));
    const passed = vi.fn();
    void gates.find(call, request)?.pass(call)?.then(passed);
    await clock.pass(9999);
    expect(passed).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(passed).toHaveBeenCalledOnce();
  });

  test("counts as near the limit what its own places could use up", async () => {
    const { gates } = await prepare({ fetch, maxConnections: 3 }).open();
    const [call, request] = [aCall(), aRequest()];
    gates.learn(call, request, anAnswer(200, { "ratelimit-remaining": "6" }));
    expect(gates.find(call, request)).toBeUndefined();
    gates.learn(call, request, anAnswer(200, { "ratelimit-remaining": "5" }));
    expect(gates.find(call, request)).toBeDefined();
  });
});

describe("a request is sent", () => {
  test("by node:http, over a connection that is closed with the network", async () => {
    const { url, sockets } = await startService();
    const network = prepare({});
    expect(() => network.close()).not.toThrow();
    expect(await sendBy(await network.open(), url)).toBe("node:http");
    const areClosed = () => sockets.map(({ destroyed }) => destroyed);
    expect(areClosed()).toEqual([false]);
    network.close();
    await expect.poll(areClosed, { timeout: 2000 }).toEqual([true]); // left alone, it is kept for twice as long
  });

  test("through an agent that is given, which keeps its connection", async () => {
    const { url, sockets } = await startService();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    expect(await sendBy(await prepare({ agent }).open(), url)).toBe("node:http");
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    expect(sockets).toHaveLength(1);
  });

  test("by a fetch that is given", async () => {
    const { url, sockets } = await startService();
    expect(await sendBy(await prepare({ fetch }).open(), url)).toBe("fetch");
    expect(sockets).toEqual([]);
  });
});

describe("where a runtime has no node:http, a request is sent", () => {
  const options = { fetch: undefined, agent: undefined, maxConnections: 1 };
  const sendIt = async (transport: Network["transport"]) =>
    sendBy({ ...(await prepare({ fetch }).open()), transport }, "http://127.0.0.1:1");

  test("by the global fetch, as it is when the request is sent", async () => {
    const transport = chooseTransport(web, options);
    const patched = vi.fn(() => Promise.resolve(Response.json({ by: "a patched fetch" })));
    vi.stubGlobal("fetch", patched);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await sendIt(transport)).toBe("a patched fetch");
    expect(patched).toHaveBeenCalledExactlyOnceWith("http://127.0.0.1:1", expect.objectContaining({ method: "GET" }));
  });

  test("by a fetch that is given", async () => {
    expect(await sendIt(chooseTransport(web, { ...options, fetch }))).toBe("fetch");
  });

  test("by no agent: one that is given is refused", () => {
    expect(() => chooseTransport(web, { ...options, agent: {} })).toThrow(
      "agent goes with node:http, by which this client sends on Node, Bun and Deno only.",
    );
  });
});
