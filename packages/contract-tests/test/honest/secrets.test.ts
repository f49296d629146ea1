import { inspect } from "node:util";
import { digest, InvalidArgumentError, serviceAccount } from "@atlas-streams/client";
import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CredentialKind } from "../target.js";
import { connect, kinds } from "./clients.js";
import {
  challenge,
  credentials,
  type HostileRequest,
  type HostileServer,
  startHostileServer,
} from "./hostile-server.js";
import { listen } from "./listen.js";
import { type CallableOperation, call, callRaw, create, getOne, namedOperations } from "./operations.js";
import { everythingIn, expectNoSecret, secretsOf } from "./secrets.js";

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

const hex = (text: string) => Buffer.from(text).toString("hex");
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** How servers show a request in their answers. */
const echoes: [string, (request: HostileRequest) => [body: unknown, contentType?: string]][] = [
  ["a plain page", ({ headers, body }) => [`${headers.authorization}\n${body}`, "text/plain"]],
  [
    "a page of HTML",
    ({ headers, body }) => [`<pre>${html(headers.authorization ?? "")}\n${html(body)}</pre>`, "text/html"],
  ],
  [
    "the service's error body",
    ({ headers, body }) => [{ error: 400, errorCode: "BAD", detail: `You sent ${headers.authorization} and ${body}` }],
  ],
  [
    "every field of the error body",
    ({ headers: { authorization = "" }, body }) => [
      {
        error: authorization,
        errorCode: authorization,
        reason: body,
        detail: body,
        parameters: [authorization, { deep: [body] }],
        badRequestDetail: { fields: [{ field: authorization, description: body }] },
      },
    ],
  ],
  ["a field that nobody knows", ({ headers, body }) => [{ errorCode: "BAD", echo: { headers, body } }]],
  [
    "OAuth's error body",
    ({ headers, body }) => [{ error: headers.authorization, error_description: `${headers.authorization} ${body}` }],
  ],
  [
    "JSON with its slashes escaped",
    ({ headers, body }) => [
      JSON.stringify({ errorCode: "BAD", detail: headers.authorization, reason: body }).replaceAll("/", "\\/"),
      "application/json",
    ],
  ],
  [
    "JSON in JSON",
    ({ headers, body }) => [{ errorCode: "BAD", detail: JSON.stringify({ headers, body: JSON.stringify(body) }) }],
  ],
  [
    "JSON in numbers of characters",
    ({ headers, body }) => [
      `{"errorCode":"BAD","detail":"${[...`${headers.authorization} ${body}`].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"}`,
      "application/json",
    ],
  ],
  ["a text in percents", ({ headers, body }) => [encodeURIComponent(`${headers.authorization} ${body}`), "text/plain"]],
  [
    "half an error body",
    ({ headers, body }) => [
      `{"errorCode":"BAD","detail":"${inJson(`${headers.authorization} ${body}`)}`,
      "application/json",
    ],
  ],
];

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function echoing(status: number, echo: (typeof echoes)[number][1], more: { readonly [name: string]: string } = {}) {
  return (request: HostileRequest) => {
    const [body, type] = echo(request);
    request.answer(status, body, { ...(type && { "content-type": type }), ...more });
  };
}

/** Calls in every way there is, and gives back all that was thrown or shown as an error. */
async function errorsOf(kind: CredentialKind, operation: CallableOperation): Promise<unknown[]> {
  const atlas = connect(kind, server);
  const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
  const [raw, own] = await Promise.allSettled([
    callRaw(atlas, operation),
    atlas.privateLinkConnections.get({ groupId, connectionId }),
  ]);
  const errors = [raw.status === "rejected" ? raw.reason : raw.value.error];
  return own.status === "rejected" ? [...errors, own.reason] : errors;
}

describe.each(kinds)("with %s, a server that shows the request in", (kind) => {
  const statuses = [400, 401, 403, 404, 409, 418, 429, 500, 503, 200, 202, 302];

  test.each(echoes)("%s gets no secret into an error, whatever the status", async (_name, echo) => {
    for (const status of statuses) {
      server.behave({ api: echoing(status, echo) });
      for (const error of await errorsOf(kind, getOne)) expectNoSecret(error, server);
    }
  });

  test.each(echoes)("%s gets no request body into an error either", async (_name, echo) => {
    for (const status of [400, 403, 409, 500, 503]) {
      server.behave({ api: echoing(status, echo) });
      const [error] = await errorsOf(kind, create);
      expectNoSecret(error, server, create.example.body);
    }
  });

  test("its answer's headers gets no secret into an error", async () => {
    for (const status of [400, 401, 404, 500, 200, 302]) {
      server.behave({
        api: ({ headers: { authorization = "" }, answer }) =>
          answer(status, "<html>", {
            "content-type": `text/html; echo="${authorization.replaceAll('"', "'")}"`,
            "x-request-id": authorization,
            location: `/?${encodeURIComponent(authorization)}`,
            "retry-after": authorization,
          }),
      });
      for (const error of await errorsOf(kind, getOne)) expectNoSecret(error, server);
    }
  });

  test("bytes that are no HTTP gets no secret into an error, not even into the network's own", async () => {
    for (const bytes of [
      (authorization: string) => `HTTP/1.1 200 OK\r\nX Echo: ${authorization}\r\n\r\n`,
      (authorization: string) => `${authorization}\r\n\r\n`,
      (authorization: string) => `HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: ${authorization}\r\n\r\n{}`,
      (authorization: string) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${authorization}\r\n`,
    ]) {
      server.behave({ api: (request) => request.bytes(bytes(request.headers.authorization ?? "")) });
      for (const error of await errorsOf(kind, getOne)) expectNoSecret(error, server);
    }
  });
});

describe.each(kinds)("with %s, an answer that is cut in the middle of", (kind) => {
  test.each([
    ["a secret", ({ headers }: HostileRequest) => headers.authorization ?? ""],
    ["the request's body", ({ body }: HostileRequest) => body],
  ])("%s does not show the rest of it", async (_name, shown) => {
    server.behave({ api: (request) => request.answer(400, `You sent ${shown(request).slice(0, -3)}`) });
    const atlas = connect(kind, server);
    const text = everythingIn(await rejection(call(atlas, create)));
    const sent = server.calls.map(shown).flatMap((secret) => [secret, secret.split(" ").at(-1) ?? ""]);
    for (const secret of sent) expect(text).not.toContain(secret.slice(0, -3));
  });
});

describe.each(namedOperations)("%s", (_id, operation) => {
  test.each(kinds)("with %s shows no secret in the errors of resets, timeouts and pages", async (kind) => {
    for (const api of [
      ({ socket }: HostileRequest) => void socket.resetAndDestroy(),
      ({ socket }: HostileRequest) => void socket.destroy(),
      ({ answer, headers }: HostileRequest) =>
        answer(200, `<html>${headers.authorization}`, { "content-type": "text/html" }),
      () => undefined,
    ]) {
      server.behave({ api });
      const atlas = connect(kind, server);
      const error = await rejection(call(atlas, operation, { timeoutMs: 100 }));
      expectNoSecret(error, server, ...(operation.example.body ? [operation.example.body] : []));
    }
  });
});

describe("the login shows no secret", () => {
  test.each(echoes)("where the token endpoint shows the request in %s", async (_name, echo) => {
    for (const status of [200, 400, 401, 403, 429, 500, 302]) {
      server.behave({ token: echoing(status, echo) });
      expectNoSecret(await rejection(call(connect("a service account", server), getOne)), server);
    }
  });

  test.each(echoes)(
    "where the revoke endpoint shows the request in %s: the token in its body neither",
    async (_name, echo) => {
      for (const status of [400, 401, 500, 302]) {
        server.behave({ revoke: echoing(status, echo) });
        const atlas = connect("a service account", server);
        await call(atlas, getOne);
        const events = listen("token");
        await atlas.close();
        expect(events).toMatchObject([{ error: { code: "CREDENTIAL", status } }]);
        expectNoSecret(events, server);
      }
    },
  );

  test("where a token endpoint shows id and secret in plain", async () => {
    const { clientId, clientSecret } = credentials.serviceAccount;
    for (const shown of [clientSecret, `${clientId}:${clientSecret}`, encodeURIComponent(clientSecret)]) {
      server.behave({
        token: ({ answer }) => answer(401, { error: "invalid_client", error_description: `No such ${shown}` }),
      });
      expectNoSecret(await rejection(call(connect("a service account", server), getOne)), server);
    }
  });

  test("where a token endpoint refuses and gives a token all the same", async () => {
    const token = "eyJhbGciOiJFUzUxMiJ9.a-token-in-a-refusal.c2lnbmF0dXJl";
    for (const [status, body] of [
      [200, { access_token: [token] }],
      [200, `<html>${token}</html>`],
      [200, { access_token: `${token}\n` }],
    ] as const) {
      server.behave({ token: ({ answer }) => answer(status, body) });
      const error = await rejection(call(connect("a service account", server), getOne));
      expect(everythingIn(error)).not.toContain(token);
    }
  });

  test("where a challenge cannot be answered and shows what was sent", async () => {
    let asked = 0;
    const strange = (authorization: string) =>
      `Digest realm="r", nonce="n", algorithm=MD4, echo="${authorization.replaceAll('"', "'")}"`;
    server.behave({
      api: ({ headers, answer }) =>
        answer(401, undefined, { "www-authenticate": asked++ ? challenge : strange(headers.authorization ?? "") }),
    });
    const error = await rejection(call(connect("digest", server), getOne));
    expectNoSecret(error, server);
    expect(everythingIn(error)).not.toMatch(/response='\w{32}'/);
  });
});

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
      const events = listen("wait");
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
    const events = listen("deprecation");
    await call(connect(kind, server), getOne);
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
