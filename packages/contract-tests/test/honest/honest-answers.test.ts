import {
  ApiError,
  type AtlasClient,
  AtlasError,
  NotFoundError,
  OperationError,
  PermissionError,
  UnexpectedResponseError,
} from "@atlas-streams/client";
import { type Mock, startMock } from "@atlas-streams/mock";
import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrokenAnswer, falseSuccesses, fragments, refusals } from "./broken-answers.js";
import { connect, kinds } from "./clients.js";
import {
  type CallableOperation,
  call,
  callRaw,
  deleteOne,
  getOne,
  idle,
  methodOf,
  namedOperations,
} from "./operations.js";

let mock: Mock;
/** Idle, so that it may be read, updated and deleted. */

beforeAll(async () => {
  mock = await startMock({ limits: { liveTokens: Number.POSITIVE_INFINITY, rate: false } });
});

afterAll(() => mock.stop());

const named = <Answer extends BrokenAnswer>(answers: readonly Answer[]) =>
  answers.map((each) => [each.name, each] as const);
const api = "/api/atlas/";

/** The answer that the mock gives to each call from now on. */
function answer(status: number, body?: unknown, headers: { readonly [name: string]: string } = {}): void {
  mock.setFaults([{ path: api, fault: { kind: "answer", status, headers, body } }]);
}

describe.each(kinds)("with %s", (kind) => {
  describe.each(namedOperations)("%s", (_id, operation) => {
    const isBroken = ([, { fineFor }]: readonly [string, BrokenAnswer]) => !fineFor?.(operation);

    test.each(named([...refusals, ...falseSuccesses]).filter(isBroken))(
      "turns %s into an error with status, method and path",
      async (_name, { fault, error: expected, status }) => {
        mock.setFaults([{ path: api, fault }]);
        const atlas = connect(kind, mock);

        const raw = await callRaw(atlas, operation);
        expect(raw.error).toBeTruthy();
        expect(raw.data).toBeUndefined();
        expect(raw.response.status).toBe(status);

        for (const error of [await failureOf(operation, atlas), raw.error]) {
          if (!(error instanceof Error)) continue; // raw hands on the service's own body
          expect(error).toBeInstanceOf(expected);
          expect(error).toMatchObject({ status, method: operation.method, path: operation.path });
          expect(error.message).toContain(String(status));
        }
      },
    );

    test.each(named(fragments))(
      "turns %s into an error with method and path, and the status if there was one",
      async (_name, { fault, error: expected, hasStatus }) => {
        mock.setFaults([{ path: api, fault }]);
        const atlas = connect(kind, mock);
        for (const attempt of [(client: AtlasClient) => call(client, operation), methodOf(operation)]) {
          if (!attempt) continue;
          mock.state.load(operation.method === "POST" ? [] : [idle]); // so that the true answer is a success
          const error = await rejection(attempt(atlas));
          expect(error).toBeInstanceOf(expected);
          const status = hasStatus ? operation.example.status : undefined;
          expect(error).toMatchObject({ status, method: operation.method, path: operation.path });
        }
      },
    );

    test("gives what the service says untouched: fields, states, vendors and providers that nobody knows", async () => {
      const unheard = {
        ...(operation.answer === "page" && { results: [{ _id: "1", state: "HIBERNATING", new: { deep: [null] } }] }),
        _id: "not even an id",
        state: "HIBERNATING",
        vendor: "ACME",
        provider: "MOON",
        addedLater: { deep: [1, { er: null }], empty: "" },
        constructor: "a field like any other",
      };
      answer(operation.example.status, unheard);
      const atlas = connect(kind, mock);
      expect((await callRaw(atlas, operation)).data).toEqual(unheard);
    });

    test("takes a BOM, and a missing content type, for what they are: no harm", async () => {
      const body = { _id: "1", results: [] };
      answer(operation.example.status, `\uFEFF${JSON.stringify(body)}`);
      expect((await callRaw(connect(kind, mock), operation)).data).toEqual(body);
    });

    test("knows JSON by its media type, in whatever case and with whatever parameters", async () => {
      const body = { _id: "1", results: [] };
      for (const type of [
        "Application/JSON",
        "application/problem+json",
        'application/json; profile="a, b"; charset=UTF-8',
      ]) {
        answer(operation.example.status, JSON.stringify(body), { "content-type": type });
        expect((await callRaw(connect(kind, mock), operation)).data, type).toEqual(body);
      }
    });

    test("says in the error what the service said: code, detail, reason, parameters and fields", async () => {
      const words = {
        errorCode: "VALIDATION_ERROR",
        detail: "The request content produced the validation error: no such region.",
        reason: "Bad Request",
        parameters: ["no such region", 42, null],
        badRequestDetail: { fields: [{ field: "region", description: "no such region" }] },
      };
      answer(400, { error: 400, ...words });
      const error = await failureOf(operation, connect(kind, mock));
      if (error) expect(error).toMatchObject({ ...words, status: 400 });
      const raw = await callRaw(connect(kind, mock), operation);
      expect(raw.error).toEqual({ error: 400, ...words });
    });
  });
});

describe.each(kinds)("with %s, an operation that promises nothing", (kind) => {
  test.each([
    ["a 202 with an empty object", 202, {}],
    ["a 202 with nothing", 202, undefined],
    ["a 204", 204, undefined],
    ["a 200 with an object", 200, { _id: "1" }],
  ])("succeeds with %s", async (_name, status, body) => {
    answer(status, body);
    const { error, response } = await callRaw(connect(kind, mock), deleteOne);
    expect(error).toBeUndefined();
    expect(response.status).toBe(status);
  });
});

describe.each(kinds)("with %s, a walk through a list", (kind) => {
  const { groupId } = getOne.example.parameters.path as { groupId: string };
  const page = (...ids: readonly string[]) => ({ results: ids.map((_id) => ({ _id })), totalCount: 4 });
  const second = { path: "pageNum=2", credentials: "good" } as const;

  async function walk(): Promise<string[]> {
    const seen: string[] = [];
    for await (const { _id } of connect(kind, mock).privateLinkConnections.list({ groupId, itemsPerPage: 2 }))
      seen.push(`${_id}`);
    return seen;
  }

  test.each(named([...refusals, ...falseSuccesses]))(
    "does not end as if it were whole where the second page is %s",
    async (_name, { fault, error }) => {
      mock.setFaults([
        { path: "pageNum=1", fault: { kind: "answer", status: 200, body: page("1", "2") } },
        { ...second, fault },
      ]);
      expect(await rejection(walk())).toBeInstanceOf(error);
    },
  );

  test("gives every connection of every page, and ends with the last", async () => {
    mock.setFaults([
      { path: "pageNum=1", fault: { kind: "answer", status: 200, body: page("1", "2") } },
      { ...second, fault: { kind: "answer", status: 200, body: page("3", "4") } },
      { path: "pageNum=3", fault: { kind: "answer", status: 200, body: page() } },
    ]);
    expect(await walk()).toEqual(["1", "2", "3", "4"]);
  });
});

describe.each(kinds)("with %s, an enveloped answer", (kind) => {
  const connection = { _id: "32b6e34b3d91647abb20e7b8", provider: "AWS", state: "DONE", addedLater: 1 };
  const notFound = { error: 404, errorCode: "RESOURCE_NOT_FOUND", detail: "Cannot find it.", parameters: [] };
  const ids = getOne.example.parameters.path as { readonly groupId: string; readonly connectionId: string };
  const getEnveloped = () => connect(kind, mock).privateLinkConnections.get({ ...ids, envelope: true });
  const getRaw = () => callRaw(connect(kind, mock), getOne, { query: { envelope: true } });

  test("is asked for by its query, and comes back unwrapped", async () => {
    answer(200, { status: 200, content: connection });
    expect(await getEnveloped()).toEqual(connection);
    expect(mock.requests.at(-1)?.path).toMatch(/\?envelope=true$/);
    expect((await getRaw()).data).toEqual(connection);
  });

  test("comes back the same where the service forgot to wrap it", async () => {
    answer(200, connection);
    expect(await getEnveloped()).toEqual(connection);
  });

  test.each([
    ["HTTP says 200", 200],
    ["HTTP says 404 too", 404],
  ])("with an error inside is that error where %s", async (_name, status) => {
    answer(status, { status: 404, content: notFound });
    const error = await rejection(getEnveloped());
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, errorCode: "RESOURCE_NOT_FOUND", detail: "Cannot find it." });
    expect((await getRaw()).error).toBeTruthy();
  });

  test("with an error inside is an error, even where its body is missing", async () => {
    answer(200, { status: 403 });
    expect(await rejection(getEnveloped())).toBeInstanceOf(PermissionError);
    answer(200, { status: 503, content: null });
    expect(await rejection(getEnveloped())).toMatchObject({ status: 503, code: "SERVER" });
  });

  test("cannot turn HTTP's own refusal into a success", async () => {
    answer(500, { status: 200, content: connection });
    expect(await rejection(getEnveloped())).toMatchObject({ status: 500, code: "SERVER" });
    expect((await getRaw()).error).toBeTruthy();
  });

  test.each([
    ["has no content", { status: 200 }],
    ["holds null", { status: 200, content: null }],
    ["holds a list", { status: 200, content: [connection] }],
    ["holds a string", { status: 200, content: JSON.stringify(connection) }],
    ["has no status", { content: connection }],
    ["has a status in words", { status: "OK", content: connection }],
    ["has null for a status", { status: null, content: connection }],
    ["has the status of a redirect", { status: 302, content: connection }],
    ["has a status that is none", { status: 7, content: connection }],
  ])("that %s is an error, not a connection", async (_name, body) => {
    answer(200, body);
    expect(await rejection(getEnveloped())).toBeInstanceOf(UnexpectedResponseError);
    expect((await getRaw()).error).toBeTruthy();
  });

  test("that nobody asked for is not taken for a connection's error", async () => {
    answer(200, { ...connection, status: 404 });
    const { data, error } = await callRaw(connect(kind, mock), getOne);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ _id: connection._id });
  });
});

/** What the operation's own method rejects with; undefined where it has none. */
async function failureOf(operation: CallableOperation, atlas: AtlasClient): Promise<unknown> {
  const method = methodOf(operation);
  if (!method) return undefined;
  const error = await rejection(method(atlas));
  expect(error).toBeInstanceOf(AtlasError);
  expect(error).toBeInstanceOf(OperationError);
  if (error instanceof ApiError) expect(error.stack).toContain(error.message);
  return error;
}
