import {
  deleteGroupStreamPrivateLinkConnection,
  getGroupStreamPrivateLinkConnection as getOne,
  listGroupStreamPrivateLinkConnections,
  type Operation,
} from "@atlas-streams/types";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/answer/judge.js";
import type { Answer } from "../../src/call/layer.js";

const json = "application/vnd.atlas.2025-03-12+json";
const promising = (answer: Operation["answer"], mayBeEmpty = false): Operation => ({ ...getOne, answer, mayBeEmpty });

function answerOf(status: number, text: string, headers: { readonly [name: string]: string } = {}): Answer {
  const bytes = new TextEncoder().encode(text);
  const all = { ...(text && { "content-type": json }), ...headers };
  return { status, statusText: "", headers: new Headers(all), bytes, text };
}

const context = { enveloped: false, secrets: () => [], now: Date.parse("2026-01-01T00:00:00Z") };

function failureOf(operation: Operation, answer: Answer, enveloped = false) {
  const { failure } = judge(operation, answer, { ...context, enveloped });
  if (!failure) throw new Error("It is no failure.");
  return failure;
}
const dataOf = (operation: Operation, answer: Answer, enveloped = false) => {
  const verdict = judge(operation, answer, { ...context, enveloped });
  if (verdict.failure) throw verdict.failure;
  return verdict.data;
};
const whyNot = (operation: Operation, answer: Answer, enveloped = false) =>
  failureOf(operation, answer, enveloped).message.replace(/^GET \S+ answered /, "");

describe("an answer keeps its promise", () => {
  test.each<[Operation["answer"], string, unknown]>([
    ["object", "{}", {}],
    ["object", '{"a":null}', { a: null }],
    ["nothing", "{}", {}],
    ["nothing", "", undefined],
    ["page", '{"results":[]}', { results: [] }],
    ["page", '{"results":[{}]}', { results: [{}] }],
    ["list", "[]", []],
    ["list", "[1]", [1]],
    ["value", "0", 0],
    ["value", '""', ""],
    ["value", "false", false],
    ["value", "null", null],
  ])("of %s: %s", (promise, text, data) => {
    expect(dataOf(promising(promise), answerOf(200, text))).toEqual(data);
    expect(dataOf(promising(promise), answerOf(299, text))).toEqual(data);
  });

  test.each([json, "application/json", "application/json; charset=utf-8", "text/json", "application/hal+json"])(
    "of JSON, as %s",
    (type) => {
      expect(dataOf(getOne, answerOf(200, "{}", { "content-type": type }))).toEqual({});
    },
  );

  test("of JSON, where nothing says what it is", () => {
    const { bytes, text } = answerOf(200, "{}");
    expect(dataOf(getOne, { status: 200, statusText: "", headers: new Headers(), bytes, text })).toEqual({});
  });

  test("of nothing, by 204, where that is described", () => {
    expect(dataOf(promising("object", true), answerOf(204, ""))).toBeUndefined();
    expect(whyNot(promising("object"), answerOf(204, ""))).toBe(
      "204, but its body is empty where a JSON object was due.",
    );
    expect(whyNot(promising("object", true), answerOf(200, ""))).toContain("its body is empty");
  });

  test("of bytes, whatever they are", async () => {
    const blob = dataOf(promising("bytes"), answerOf(200, "a,b", { "content-type": "text/csv" })) as Blob;
    expect([await blob.text(), blob.type]).toEqual(["a,b", "text/csv"]);
    const empty = dataOf(promising("bytes"), answerOf(200, "")) as Blob;
    expect([empty.size, empty.type]).toEqual([0, ""]);
    const odd = { "content-type": "x-text/html" }; // ends as HTML does, and is none
    expect(dataOf(promising("bytes"), answerOf(200, "a", odd))).toBeInstanceOf(Blob);
  });
});

describe("an answer breaks its promise", () => {
  test.each<[Operation["answer"], number, string, string]>([
    ["object", 200, "", "200, but its body is empty where a JSON object was due."],
    ["page", 200, "", "200, but its body is empty where a JSON object was due."],
    ["list", 200, "", "200, but its body is empty where a JSON array was due."],
    ["value", 200, "", "200, but its body is empty where a JSON value was due."],
    ["object", 200, "[]", "200, but its body is not the JSON object that was due."],
    ["object", 200, "null", "200, but its body is not the JSON object that was due."],
    ["object", 200, "{", "200, but its body is not the JSON object that was due."],
    ["nothing", 200, "[]", "200, but its body is not the JSON object that was due."],
    ["list", 200, "{}", "200, but its body is not the JSON array that was due."],
    ["value", 200, "{}", "200, but its body is not the JSON value that was due."],
    ["value", 200, "[]", "200, but its body is not the JSON value that was due."],
    ["value", 200, "nonsense", "200, but its body is not the JSON value that was due."],
    ["page", 200, "{}", "200, but its body has no list of results."],
    ["page", 200, '{"results":{}}', "200, but its body has no list of results."],
    ["page", 200, '{"results":[{},1]}', "200, but its body has no list of results."],
    ["object", 199, "{}", "199, but that is no status of an answer."],
    [
      "object",
      300,
      "{}",
      "300, but that is a redirect, which is not followed for the sake of the credentials. Check the base URL.",
    ],
    [
      "object",
      399,
      "{}",
      "399, but that is a redirect, which is not followed for the sake of the credentials. Check the base URL.",
    ],
  ])("of %s, with %i: %s", (promise, status, text, why) => {
    const failure = failureOf(promising(promise), answerOf(status, text));
    expect(failure).toMatchObject({ code: "UNEXPECTED_RESPONSE", status });
    expect(whyNot(promising(promise), answerOf(status, text))).toBe(why);
  });

  test.each(["text/html", "text/html; charset=utf-8", "text/plain", "application/jsonp", "application/xml"])(
    "of JSON, as %s",
    (type) => {
      expect(whyNot(getOne, answerOf(200, "<p>", { "content-type": type }))).toBe(
        `200, but its body is ${type} where JSON was due. Check the base URL and the proxy.`,
      );
    },
  );

  test.each(["text/html", "text/html;charset=utf-8", "application/json", "application/vnd.atlas+json"])(
    "of bytes, as %s",
    (type) => {
      expect(whyNot(promising("bytes"), answerOf(200, "<p>", { "content-type": type }))).toBe(
        `200, but its body is ${type} where ${getOne.accept} was due. Check the base URL and the proxy.`,
      );
    },
  );

  test("with a type that goes on and on, which is cut", () => {
    const type = `text/plain; x=${"y".repeat(1000)}`;
    expect(whyNot(getOne, answerOf(200, "<p>", { "content-type": type })).length).toBeLessThan(300);
  });
});

describe("a refusal", () => {
  test.each([
    [400, "API"],
    [401, "AUTHENTICATION"],
    [403, "PERMISSION"],
    [404, "NOT_FOUND"],
    [406, "API"],
    [409, "CONFLICT"],
    [429, "RATE_LIMIT"],
    [499, "API"],
    [500, "SERVER"],
    [599, "SERVER"],
  ])("with %i is of the code %s", (status, code) => {
    expect(failureOf(getOne, answerOf(status, '{"errorCode":"X","detail":"No"}'))).toMatchObject({ code, status });
  });

  test.each<[number, string, string]>([
    [400, '{"errorCode":"X","detail":"No"}', "400 X: No."],
    [400, '{"errorCode":"X","detail":"No!"}', "400 X: No!"],
    [400, '{"reason":"Bad Request"}', "400: Bad Request."],
    [400, '{"detail":42,"errorCode":{},"reason":[]}', "400: nothing that could be read."],
    [400, "", "400: nothing that could be read."],
    [502, "<h1>Bad</h1>\n\n  gateway", "502: <h1>Bad</h1> gateway."],
    [401, '{"detail":"No"}', "401: No. Check the credentials, and that they may see this project."],
    [403, '{"detail":"No"}', "403: No. Check the role, and that this address is on the IP access list."],
    [
      400,
      '{"detail":"No","badRequestDetail":{"fields":[{"field":"arn","description":"is wrong"},{"field":"b","description":"too."}]}}',
      "400: No. arn: is wrong. b: too.",
    ],
  ])("with %i %s says so", (status, text, message) => {
    expect(whyNot(getOne, answerOf(status, text))).toBe(message);
  });

  test("has the service's words by field, and what is of another type is left out", () => {
    const body = {
      errorCode: "X",
      detail: "No.",
      reason: "Bad Request",
      parameters: ["a", 1],
      badRequestDetail: { fields: [] },
    };
    const headers = { "x-request-id": "id-1" };
    expect(failureOf(getOne, answerOf(400, JSON.stringify(body), headers))).toMatchObject({
      ...body,
      requestId: "id-1",
      contentType: json,
      excerpt: undefined,
    });
    const odd = failureOf(getOne, answerOf(400, '{"parameters":{},"badRequestDetail":[]}'));
    expect(odd).toMatchObject({ parameters: undefined, badRequestDetail: undefined, requestId: undefined });
  });

  test("shows the beginning of what is no JSON object", () => {
    expect(failureOf(getOne, answerOf(500, `<p>${"x".repeat(500)}`))).toMatchObject({
      excerpt: `<p>${"x".repeat(196)}…`,
    });
    expect(failureOf(getOne, answerOf(500, "[1, 2]"))).toMatchObject({ excerpt: "[1, 2]" });
  });

  test("names at most twenty fields, and cuts what goes on", () => {
    const fields = Array.from({ length: 30 }, (_, at) => ({ field: `f${at}`, description: "d" }));
    const { message } = failureOf(getOne, answerOf(400, JSON.stringify({ badRequestDetail: { fields } })));
    expect(message).toContain("f19: d.");
    expect(message).not.toContain("f20");
    const long = { detail: "x".repeat(3000), errorCode: "y".repeat(300), reason: "z".repeat(300) };
    const cut = failureOf(getOne, answerOf(400, JSON.stringify(long)));
    expect(cut.message.length).toBeLessThan(1500);
    expect(cut).toMatchObject({ errorCode: `${"y".repeat(199)}…`, reason: `${"z".repeat(199)}…` });
  });

  test.each<[number, { readonly [name: string]: string }, string, number | undefined]>([
    [429, { "retry-after": "7" }, "{}", 7000],
    [503, { "retry-after": "0" }, "{}", 0],
    [429, { "retry-after": "2, 7,3" }, "{}", 7000],
    [429, { "retry-after": "2, soon" }, "{}", undefined],
    [503, {}, "{}", undefined],
    [429, { "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT" }, "{}", 5000],
    [429, { "retry-after": "Thursday, 01-Jan-26 00:00:05 GMT" }, "{}", 5000],
    [429, { "retry-after": "Thu Jan  1 00:00:05 2026" }, "{}", 5000],
    [429, { "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT", date: "Thu, 01 Jan 2026 00:00:02 GMT" }, "{}", 3000],
    [429, { "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, "{}", 0],
    [429, { "retry-after": "999999999" }, "{}", 86_400_000],
    [429, { "retry-after": "-5" }, "{}", undefined],
    [429, { "retry-after": "soon" }, "{}", undefined],
    [429, { "retry-after": "5s" }, "{}", undefined],
    [429, {}, '{"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":["x",3]}', 3000],
    [429, { "retry-after": "2" }, '{"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":["x",3]}', 2000],
    [429, {}, '{"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":["x",-1]}', undefined],
    [429, {}, '{"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":["x","3"]}', undefined],
    [429, {}, '{"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":{"1":3}}', undefined],
    [429, {}, '{"errorCode":"OTHER","parameters":["x",3]}', undefined],
  ])("with %i and %j %s is to be waited out", (status, headers, text, retryAfterMs) => {
    expect(failureOf(getOne, answerOf(status, text, headers))).toMatchObject({ retryAfterMs });
  });

  test("that is none to wait out says nothing of that", () => {
    expect(failureOf(getOne, answerOf(400, "{}", { "retry-after": "7" }))).not.toHaveProperty("retryAfterMs");
  });
});

describe("an envelope", () => {
  test.each<[Operation, string, unknown]>([
    [getOne, '{"status":200,"content":{"a":1}}', { a: 1 }],
    [getOne, '{"a":1}', { a: 1 }],
    [listGroupStreamPrivateLinkConnections, '{"status":200,"results":[]}', { status: 200, results: [] }],
    [deleteGroupStreamPrivateLinkConnection, '{"status":202,"content":{}}', {}],
  ])("is opened: %#", (operation, text, data) => {
    expect(dataOf(operation, answerOf(200, text), true)).toEqual(data);
  });

  test("is no envelope where nobody asked for one", () => {
    expect(dataOf(getOne, answerOf(200, '{"status":404,"content":{}}'))).toEqual({ status: 404, content: {} });
  });

  test.each<[Operation, number, string, object]>([
    [getOne, 200, '{"status":404,"content":{"errorCode":"GONE"}}', { status: 404, errorCode: "GONE" }],
    [getOne, 400, '{"status":200,"content":{"errorCode":"BAD"}}', { status: 400, errorCode: "BAD" }],
    [getOne, 500, '{"status":200,"content":{"errorCode":"BAD"}}', { status: 500, errorCode: "BAD" }],
    [
      listGroupStreamPrivateLinkConnections,
      200,
      '{"status":400,"content":{"errorCode":"BAD"}}',
      { status: 400, errorCode: "BAD" },
    ],
    [getOne, 200, '{"status":"odd","content":{}}', { status: 0, code: "UNEXPECTED_RESPONSE" }],
    [getOne, 200, '{"status":404.5,"content":{}}', { status: 0, code: "UNEXPECTED_RESPONSE" }],
    [getOne, 200, '{"status":918273645546,"content":{}}', { status: 0, code: "UNEXPECTED_RESPONSE" }],
    [getOne, 200, '{"content":{}}', { status: 0, code: "UNEXPECTED_RESPONSE" }],
    [getOne, 200, '{"status":200}', { status: 200, code: "UNEXPECTED_RESPONSE" }],
  ])("tells of a failure inside: %#", (operation, status, text, failure) => {
    expect(failureOf(operation, answerOf(status, text), true)).toMatchObject(failure);
  });
});

describe("what is shown", () => {
  const secrets = ["a-long-and-secret-word"];

  test("of a refusal has no secret, in its body, its headers and its message", () => {
    const text = JSON.stringify({ detail: "of a-long-and-secret-word", errorCode: "a-long-and-secret-word" });
    const answer = answerOf(400, text, { "x-request-id": "a-long-and-secret-word" });
    const verdict = judge(getOne, answer, { ...context, secrets: () => secrets });
    expect(JSON.stringify(verdict)).not.toContain("secret-word");
    expect(verdict.failure).toMatchObject({ detail: "of [redacted]", requestId: "[redacted]" });
  });

  test("of a kept promise asks for no secret", () => {
    const asked = () => {
      throw new Error("It was asked.");
    };
    expect(judge(getOne, answerOf(200, "{}"), { ...context, secrets: asked })).toEqual({ data: {} });
  });
});
