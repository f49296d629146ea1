import { describe, expect, it } from "vitest";
import { send, startDigestClient } from "../digest-client.js";
import { startDigestServer } from "../digest-server.js";
import { expectFreshCounts, gate, start } from "./start.js";

describe("cold", () => {
  it("lets one of 100 parallel calls meet the challenge, and the others wait for it", async () => {
    const { server, client } = await start();
    expect(await client.parallel(100)).toEqual([200]);
    expect(server.arrivals.filter(({ authorization }) => !authorization)).toHaveLength(1);
    expect(server.arrivals).toHaveLength(101);
    expectFreshCounts(server);
  });

  it("sends the next call ahead when the caller of the first gives up", async () => {
    const { server, client } = await start();
    const arrived = gate();
    server.before = async () => {
      if (server.arrivals.length > 1) return false;
      arrived.open();
      return true;
    };
    const controller = new AbortController();
    const first = client.call("/first", { signal: controller.signal });
    const others = client.parallel(20);
    await arrived.opened;
    expect(server.arrivals).toHaveLength(1);
    controller.abort(new Error("changed my mind"));
    await expect(first).rejects.toThrow("changed my mind");
    expect(await others).toEqual([200]);
    expect(server.arrivals.filter(({ authorization }) => !authorization)).toHaveLength(2);
  });

  it("goes on though the network pays no heed to the abort of the first call", async () => {
    const server = await startDigestServer();
    let sent = 0;
    const client = startDigestClient(server.url, {
      network: (request) => (++sent === 1 ? new Promise(() => {}) : send(request)),
    });
    const controller = new AbortController();
    void client.call("/first", { signal: controller.signal });
    const others = client.parallel(5);
    controller.abort();
    expect(await others).toEqual([200]);
  });

  it("lets a caller that waits give up at once, and nobody else", async () => {
    const { server, client } = await start();
    const { open, opened } = gate();
    server.before = () => opened.then(() => false);
    const first = client.call("/first");
    const controller = new AbortController();
    const waiting = client.call("/waiting", { signal: controller.signal });
    const patient = client.call("/patient");
    controller.abort(new Error("no time"));
    await expect(waiting).rejects.toThrow("no time");
    open();
    expect([(await first).status, (await patient).status]).toEqual([200, 200]);
    expect(server.arrivals.map(({ url }) => url)).not.toContain("/waiting");
  });

  it("sends the next call ahead when the first fails, and fails only the first", async () => {
    const { server, client } = await start();
    server.before = async (request) => {
      if (server.arrivals.length === 1) request.socket.destroy();
      return server.arrivals.length === 1;
    };
    const first = client.call("/first");
    const others = client.parallel(20);
    await expect(first).rejects.toThrow("socket hang up");
    expect(await others).toEqual([200]);
    expect(server.arrivals.filter(({ authorization }) => !authorization)).toHaveLength(2);
  });

  it("does not queue calls up behind a service that fails them one by one", async () => {
    const { server, client } = await start();
    server.before = async (request) => {
      request.socket.destroy();
      return true;
    };
    let failing = 0;
    let mostAtOnce = 0;
    const network: typeof send = async (request) => {
      mostAtOnce = Math.max(mostAtOnce, ++failing);
      return send(request).finally(() => failing--);
    };
    const impatient = startDigestClient(server.url, { network });
    const ends = await Promise.allSettled(Array.from({ length: 30 }, () => impatient.call()));
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    expect(server.arrivals).toHaveLength(30);
    expect(mostAtOnce).toBe(28);
    expect(client.sent).toBe(0);
  });

  it.each([200, 204, 302, 404, 500])(
    "takes an unchallenged %i for the answer, and lets nobody wait any longer",
    async (status) => {
      const { server, client } = await start();
      server.before = async (_request, response) => {
        response.writeHead(status).end();
        return true;
      };
      expect(await client.parallel(10)).toEqual([status]);
      expect(server.arrivals).toHaveLength(10);
    },
  );

  it("meets the challenge later where the first answer had none", async () => {
    const { server, client } = await start();
    server.before = async (_request, response) => {
      if (server.arrivals.length === 1) response.writeHead(500).end();
      return server.arrivals.length === 1;
    };
    expect((await client.call()).status).toBe(500);
    expect(await client.parallel(10)).toEqual([200]);
    expect(server.arrivals).toHaveLength(1 + 11);
  });
});
