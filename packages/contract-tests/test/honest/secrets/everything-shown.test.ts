import { inspect } from "node:util";
import { digest, InvalidArgumentError, serviceAccount } from "@atlas-streams/client";
import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect, kinds } from "../clients.js";
import { credentials, type HostileRequest, type HostileServer, startHostileServer } from "../hostile-server.js";
import { listen } from "../listen.js";
import { call, create, getOne } from "../operations.js";
import { expectNoSecret, secretsOf } from "../secrets.js";
import { hex, inJson } from "./echoes.js";

let server: HostileServer;
let elsewhere: HostileServer;

beforeAll(async () => {
  [server, elsewhere] = [await startHostileServer(), await startHostileServer()];
});

beforeEach(() => {
  server.behave({});
  elsewhere.behave({});
});

afterAll(() => Promise.all([server.stop(), elsewhere.stop()]));

describe.each(kinds)("with %s", (kind) => {
  test("neither the client, nor its parts, nor the credentials show a secret, cold or warm", async () => {
    const atlas = connect(kind, server);
    const things = [
      atlas,
      atlas.raw,
      atlas.privateLinkConnections,
      serviceAccount(credentials.serviceAccount),
      digest(credentials.digest),
    ];
    for (const thing of things) expectNoSecret(thing, server);
    await call(atlas, getOne);
    for (const thing of things) expectNoSecret(thing, server);
    expect(inspect(atlas, { showHidden: true, depth: null })).not.toMatch(/secret|eyJ/);
  });

  test("no secret is in the URL of anything that is sent", async () => {
    const atlas = connect(kind, server);
    await call(atlas, getOne);
    await atlas.close();
    for (const { path } of server.requests) for (const secret of secretsOf(server)) expect(path).not.toContain(secret);
  });

  test.each([301, 302, 303, 307, 308])(
    "a %i to another origin is not followed: nothing arrives there",
    async (status) => {
      for (const location of [
        `${elsewhere.url}/steal`,
        elsewhere.url.replace("http:", ""),
        `${server.url}/elsewhere`,
      ]) {
        const redirect = ({ answer }: HostileRequest) => answer(status, undefined, { location });
        for (const behaviours of [{ api: redirect }, { token: redirect }, { stranger: redirect }]) {
          server.behave(behaviours);
          await Promise.allSettled([call(connect(kind, server), getOne), call(connect(kind, server), create)]);
        }
        expect(server.requests.filter(({ path }) => path === "/elsewhere")).toEqual([]);
      }
      expect(elsewhere.requests).toEqual([]);
    },
  );

  test("a redirect of revoke is not followed either", async () => {
    server.behave({ revoke: ({ answer }) => answer(307, undefined, { location: `${elsewhere.url}/steal` }) });
    const atlas = connect(kind, server);
    await call(atlas, getOne);
    await atlas.close().catch(() => undefined);
    expect(elsewhere.requests).toEqual([]);
  });

  test("a middleware that sends a request to another origin is refused before the credentials leave", async () => {
    const atlas = connect(kind, server);
    atlas.raw.use({
      onRequest: ({ request }) => new Request(request.url.replace(server.url, elsewhere.url), request),
    });
    expect(await rejection(call(atlas, getOne))).toBeInstanceOf(InvalidArgumentError);
    expect(elsewhere.requests).toEqual([]);
  });

  test("no middleware sees what a call is authorized with, neither before it is sent nor after", async () => {
    const atlas = connect(kind, server);
    const seen: unknown[] = [];
    const note = ({ request, options }: { request: Request; options: unknown }) =>
      void seen.push(Object.fromEntries(request.headers), options);
    atlas.raw.use({ onRequest: note, onResponse: note });
    for (let count = 0; count < 2; count++) await call(atlas, getOne);
    expect(seen).toHaveLength(8);
    expect(seen.some((each) => Object.hasOwn(each as object, "authorization"))).toBe(false);
    expectNoSecret(seen, server);
  });

  test("a success that shows what it was asked with gets no secret out of a wait, nor onto its channel", async () => {
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    const atlas = connect(kind, server);
    for (const state of ["FAILED", "%"]) {
      server.behave({
        api: ({ headers: { authorization = "" }, answer }) =>
          answer(200, {
            _id: connectionId,
            state: state.replace("%", authorization),
            errorMessage: `You sent ${authorization}`,
            deep: [{ authorization }],
          }),
      });
      const events = listen("wait", atlas);
      const wait = atlas.privateLinkConnections.waitUntilDone(
        { groupId, connectionId },
        { intervalMs: 1, timeoutMs: 200 },
      );
      const error = await rejection(wait);
      expect(error).toMatchObject({ code: state === "FAILED" ? "WAIT_FAILED" : "WAIT_TIMEOUT" });
      expect(events).not.toEqual([]);
      expectNoSecret([error, events], server);
    }
  });

  test("a failed wait is bounded, however much the service says of it", async () => {
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    server.behave({
      api: ({ answer }) =>
        answer(200, {
          _id: connectionId,
          state: "FAILED",
          errorMessage: "x".repeat(4e6),
          more: Array(9000).fill("y".repeat(99)),
        }),
    });
    const error = await rejection(
      connect(kind, server).privateLinkConnections.waitUntilDone({ groupId, connectionId }),
    );
    expect(JSON.stringify(error).length).toBeLessThan(100_000);
    expect((error as Error).message.length).toBeLessThan(2000);
  });

  test("Deprecation and Sunset that show what was sent tell no secret", async () => {
    server.behave({
      api: ({ headers: { authorization = "" }, answer }) =>
        answer(
          200,
          { results: [] },
          { deprecation: `x ${authorization}`, sunset: `${authorization}${" ".repeat(5000)}y` },
        ),
    });
    const atlas = connect(kind, server);
    const events = listen("deprecation", atlas);
    await call(atlas, getOne);
    expect(events).toHaveLength(1);
    expectNoSecret(events, server);
    expect(JSON.stringify(events).length).toBeLessThan(1000);
  });

  test("an error's words are one line in its message, whatever the service puts into them, and all is bounded", async () => {
    const detail = "a\nFATAL forged\r\u001b[2J\u009b31m";
    server.behave({ api: ({ answer }) => answer(400, { errorCode: `BAD\n${"x".repeat(90_000)}`, detail }) });
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    const error = (await rejection(
      connect(kind, server).privateLinkConnections.get({ groupId, connectionId }),
    )) as Error & { errorCode: string };
    expect(error.message).not.toMatch(/\p{Cc}/u);
    expect(error.message).toContain("a\\nFATAL forged");
    expect(error.message.length).toBeLessThan(2000);
    expect(error.errorCode.length).toBeLessThanOrEqual(200);
  });

  test("a request that says next to nothing costs an honest error no word", async () => {
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    const said = { error: 400, errorCode: "BAD", detail: "{} is not an update, nor is [] or null.", parameters: [{}] };
    server.behave({ api: ({ answer }) => answer(400, said) });
    const error = await rejection(
      connect(kind, server).privateLinkConnections.update({ groupId, connectionId, body: {} as never }),
    );
    expect(error).toMatchObject({ errorCode: said.errorCode, detail: said.detail, parameters: said.parameters });
  });

  test("an origin that merely begins like the right one is another", async () => {
    const atlas = connect(kind, server);
    const lookalikes = [
      `${server.url}0`,
      server.url.replace("//", "//user@"),
      server.url.replace("127.0.0.1", "127.0.0.1.example.com"),
    ];
    for (const url of lookalikes) {
      const middleware = {
        onRequest: ({ request }: { request: Request }) => new Request(request.url.replace(server.url, url), request),
      };
      atlas.raw.use(middleware);
      await rejection(call(atlas, getOne));
      atlas.raw.eject(middleware);
    }
    expect(server.calls).toEqual([]);
  });
});

test("the way that secrets are looked for here does find them", () => {
  const [secret] = secretsOf(server);
  const hidden = new Error("hides something", { cause: { deep: [new Map([["key", Buffer.from(secret ?? "")]])] } });
  expect(() => expectNoSecret(hidden, server)).toThrow();
  for (const spelling of [
    inJson(`"${secret}"`),
    encodeURIComponent(secret ?? ""),
    `\\u${hex("m").padStart(4, "0")}${secret?.slice(1)}`,
  ])
    expect(() => expectNoSecret(new Error(spelling), server)).toThrow();
  class Quiet extends Error {
    #token = secret;
    get token() {
      return this.#token;
    }
  }
  expect(() => expectNoSecret(new Quiet(), server)).toThrow();
});
