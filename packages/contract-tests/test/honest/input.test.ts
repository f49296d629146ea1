import { InvalidArgumentError } from "@atlas-streams/client";
import { type Mock, startMock } from "@atlas-streams/mock";
import { aMoment, rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, kinds } from "./clients.js";
import { callRaw, create, getOne, methodOf, namedOperations } from "./operations.js";
import { everythingIn } from "./secrets.js";

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ limits: { rate: false } });
});

afterAll(() => mock.stop());

const id = "32b6e34b3d91647abb20e7b8";
const badIds: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["an empty text", ""],
  ["a blank", " "],
  ["..", ".."],
  [".", "."],
  ["a slash", "a/b"],
  ["an id and a slash", `${id}/`],
  ["an id and a way out", `${id}/../../../users`],
  ["an id and a query", `${id}?envelope=true`],
  ["an id and a fragment", `${id}#`],
  ["escaped dots", "%2e%2e"],
  ["an escaped slash", `${id}%2F..`],
  ["an id and a line end", `${id}\n`],
  ["a line before an id", `\n${id}`],
  ["an id and a null byte", `${id}\0`],
  ["an id with a blank before", ` ${id}`],
  ["a project's name", "Project 0"],
  ["23 digits", id.slice(1)],
  ["25 digits", `${id}0`],
  ["24 letters that are no digits", "g".repeat(24)],
  ["24 digits of another script", "٣".repeat(24)],
  ["a very long text", "a".repeat(1_000_000)],
  ["a list of one id", [id]],
  ["an object that prints as an id", { toString: () => id }],
  ["a number", 1e23],
  ["a big number", 123_456_789_012_345_678_901_234n],
  ["a text object", Object(id)],
  ["true", true],
  ["the template itself", "{connectionId}"],
];

describe.each(kinds)("with %s", (kind) => {
  describe.each(namedOperations)("%s", (_id, operation) => {
    const names = Object.keys(operation.pathParameters);

    test.each(badIds)(
      `refuses %s for each of ${names.join(" and ")}, before anything is sent`,
      async (_name, value) => {
        const atlas = connect(kind, mock);
        const from = mock.requests.length;
        for (const [name, pattern] of Object.entries(operation.pathParameters)) {
          if (typeof value === "string" && pattern.test(value)) continue; // what is no id may well be a name
          const path = { ...operation.example.parameters.path, [name]: value };
          const example = { ...operation.example, parameters: { ...operation.example.parameters, path } };
          const error = await rejection(callRaw(atlas, { ...operation, example }));
          expect(error).toBeInstanceOf(InvalidArgumentError);
          expect((error as Error).message).toContain(name);
          expect((error as Error).message.length).toBeLessThan(300);
        }
        await aMoment(1);
        expect(mock.requests.slice(from)).toEqual([]);
      },
    );
  });

  test.each(namedOperations)("refuses them all in the method of %s", async (_id, operation) => {
    const atlas = connect(kind, mock);
    const from = mock.requests.length;
    for (const [, value] of badIds) {
      for (const [name, pattern] of Object.entries(operation.pathParameters)) {
        if (typeof value === "string" && pattern.test(value)) continue;
        const path = { ...operation.example.parameters.path, [name]: value };
        const example = { ...operation.example, parameters: { ...operation.example.parameters, path } };
        const method = methodOf({ ...operation, example });
        if (method) expect(await rejection(method(atlas))).toBeInstanceOf(InvalidArgumentError);
      }
    }
    expect(mock.requests.slice(from)).toEqual([]);
  });

  test.each([
    "mdb_sa_sk_tell-nobody_about-this-1",
    "5ec4e7b0-0000-4000-8000-00005ec4e7b0",
    "eyJhbGciOiJFUzUxMiJ9.eyJzdWIiOiJtZGJfc2EifQ.c2ln",
    "tell nobody",
    "tellnobody",
    "0123456789abcdef0123456789abcdef",
  ])("does not repeat what may be a key that was pasted in the place of an id: %s", async (value) => {
    const path = { ...getOne.example.parameters.path, connectionId: value };
    const example = { ...getOne.example, parameters: { ...getOne.example.parameters, path } };
    const error = await rejection(callRaw(connect(kind, mock), { ...getOne, example }));
    expect((error as Error).message).toContain(`connectionId is a text of ${value.length} characters`);
    expect(everythingIn(error)).not.toContain(value);
  });

  test.each(["32b6e34b3d91647abb20e7b", "undefined", "{connectionId}", "[object Object]"])(
    "repeats what is no key, but an id with a slip in it or a mistake of the program: %s",
    async (value) => {
      const path = { ...getOne.example.parameters.path, connectionId: value };
      const example = { ...getOne.example, parameters: { ...getOne.example.parameters, path } };
      const error = await rejection(callRaw(connect(kind, mock), { ...getOne, example }));
      expect((error as Error).message).toContain(value);
    },
  );

  const ring: { self?: unknown } = {};
  ring.self = ring;
  test.each<[string, unknown]>([
    ["has a BigInt in it", { provider: 1n }],
    ["holds itself", ring],
    [
      "throws where it is read",
      {
        toJSON: () => {
          throw new Error("tell-nobody: do not look");
        },
      },
    ],
  ])("refuses a body that %s, before anything is sent", async (_name, body) => {
    const from = mock.requests.length;
    const error = await rejection(callRaw(connect(kind, mock), { ...create, example: { ...create.example, body } }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect((error as Error).message).toMatch(/^body cannot be written as JSON/);
    expect(mock.requests.slice(from)).toEqual([]);
  });

  test("refuses a path that the description has not, before anything is sent", async () => {
    const from = mock.requests.length;
    const atlas = connect(kind, mock);
    for (const path of ["/api/atlas/v2/groups", "/", "", "https://example.com/", "__proto__"]) {
      expect(await rejection(callRaw(atlas, { ...getOne, path }))).toBeInstanceOf(InvalidArgumentError);
    }
    expect(mock.requests.slice(from)).toEqual([]);
  });

  test.each([0, -1, Number.NaN, "100", null, 1n])("refuses a call's timeoutMs and deadlineMs of %s", async (value) => {
    const from = mock.requests.length;
    const limit = value as unknown as number;
    const atlas = connect(kind, mock);
    expect(await rejection(callRaw(atlas, getOne, { timeoutMs: limit }))).toBeInstanceOf(InvalidArgumentError);
    expect(await rejection(callRaw(atlas, getOne, { deadlineMs: limit }))).toBeInstanceOf(InvalidArgumentError);
    expect(mock.requests.slice(from)).toEqual([]);
  });
});

describe("a list's pages", () => {
  const groupId = id;

  test.each([0, -1, 501, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "100"])(
    "are not of %s connections",
    async (value) => {
      const from = mock.requests.length;
      const { privateLinkConnections } = connect("digest", mock);
      const itemsPerPage = value as number;
      expect(await rejection(privateLinkConnections.listPage({ groupId, itemsPerPage }))).toBeInstanceOf(
        InvalidArgumentError,
      );
      expect(await rejection(privateLinkConnections.list({ groupId, itemsPerPage }).next())).toMatchObject({
        message: "itemsPerPage must be a whole number from 1 to 500.",
      });
      expect(mock.requests.slice(from)).toEqual([]);
    },
  );

  test.each([0, -1, 1.5, Number.NaN])("have no number %s", async (pageNum) => {
    const { privateLinkConnections } = connect("digest", mock);
    expect(await rejection(privateLinkConnections.listPage({ groupId, pageNum }))).toBeInstanceOf(InvalidArgumentError);
  });
});

describe("a call's headers", () => {
  test.each([{ "X-Note": "na✓" }, { "a b": "c" }, { "X-Note": "line\nbreak" }])(
    "are refused where no request can have them, and not repeated: %o",
    async (headers) => {
      const from = mock.requests.length;
      const error = await rejection(callRaw(connect("digest", mock), getOne, { headers }));
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect((error as Error).message).not.toMatch(/✓|break/);
      expect(mock.requests.slice(from)).toEqual([]);
    },
  );

  test("may come as a Headers object", async () => {
    const headers = new Headers({ "X-Note": "kept", Accept: "application/vnd.atlas.2024-01-01+json" });
    await callRaw(connect("digest", mock), getOne, { headers } as object);
    expect(mock.requests.at(-1)?.headers).toMatchObject({
      "x-note": "kept",
      accept: "application/vnd.atlas.2024-01-01+json",
    });
  });
});
