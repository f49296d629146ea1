import { describe, expect, test } from "vitest";
import { redact } from "../../src/answer/redact.js";
import {
  keepSecrets,
  keepSecretsOf,
  secretsIn,
  secretsInBody,
  secretsKeptFor,
  secretsOf,
} from "../../src/answer/secrets.js";

/** What is left of an answer that shows the header. */
function shown(name: string, value: string): string {
  const request = { method: "GET", url: "https://atlas.example", headers: { [name]: value } };
  return redact(`You sent ${value}.`, secretsOf([request]));
}

test.each([
  ["authorization", "Bearer a1b2-c3d4"],
  ["proxy-authorization", "Basic YWxhZGRpbjpzZXNhbWU="],
  ["cookie", "session=a1b2-c3d4-e5f6; theme=dark"],
  ["cookie", "theme=dark; session=a1b2-c3d4-e5f6"],
  ["cookie", "session=a1b2-c3d4-e5f6"],
  ["x-api-key", "a1b2-c3d4-e5f6"],
  ["ocp-apim-subscription-key", "a1b2-c3d4-e5f6"],
  ["x-amz-security-token", "a1b2-c3d4-e5f6"],
])("an answer that shows %s: %s does not show what is secret in it", (name, value) => {
  expect(shown(name, value)).not.toMatch(/a1b2|c3d4|YWxh/);
});

test.each([
  ["accept", "application/vnd.atlas.2023-02-01+json"],
  ["user-agent", "portal/2.1 atlas-streams"],
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
])("an answer may show %s: %s", (name, value) => {
  expect(shown(name, value)).toBe(`You sent ${value}.`);
});

test("an answer that shows a password out of the body of a request, which is short or cut, does not show it", () => {
  const body = JSON.stringify({
    name: "k",
    authentication: { password: "hunter2" },
    headers: { Authorization: "S3cr3t-of-the-endpoint" },
  });
  const secrets = secretsOf([{ method: "POST", url: "https://atlas.example", headers: {}, body }]);
  expect(redact("The password hunter2 is wrong.", secrets)).toBe("The password [redacted] is wrong.");
  expect(redact("S3cr3t-of-the-e…", secrets)).toBe("[redacted]");
  expect(redact("There is a connection k.", secrets)).toBe("There is a connection k.");
});

test("a password or a key that is empty is no secret", () => {
  const body = JSON.stringify({ name: "orders", password: "" });
  const headers = { "x-api-key": "" };
  const secrets = secretsOf([{ method: "POST", url: "https://atlas.example", headers, body }]);
  expect(redact("No such user.", secrets)).toBe("No such user.");
});

describe("of an Authorization header", () => {
  test.each([
    [undefined, []],
    [null, []],
    ["  ", []],
    ["a1b2-c3d4", ["a1b2-c3d4"]],
    ["Bearer  a1b2  c3d4 ", ["a1b2 c3d4"]],
    ["Basic !", ["!"]],
    ["NotBasic dXNlcjp3b3Jk", ["dXNlcjp3b3Jk"]],
    ["Basics dXNlcjp3b3Jk", ["dXNlcjp3b3Jk"]],
    ["basic dXNlcjp3b3Jk", ["dXNlcjp3b3Jk", "word", "user:word"]],
  ])("%j, what is secret is %j", (header, expected) => {
    expect(secretsIn(header)).toEqual(expected);
  });

  test("the password of Basic is secret, and so much of what is before it as gives nobody's id away", () => {
    const id = "mdb_sa_id_0123456789abcdef";
    const [, secret, end] = secretsIn(`Basic ${btoa(`${id}:s3cret`)}`);
    expect([secret, end]).toEqual(["s3cret", "56789abcdef:s3cret"]);
  });

  test("Digest, everything is secret but the user, the realm and the path", () => {
    const known = {
      username: "my-public-key-of-some-length",
      realm: 'MMS Public "API", the second',
      uri: "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams",
    };
    const secret = { nonce: "bm9uY2Utb2YtdGhlLXNlcnZlcg", response: "0123456789abcdef0123456789abcdef" };
    const fields = Object.entries({ ...known, ...secret, short: "x" });
    const header = `Digest ${fields.map(([name, value]) => `${name}="${value.replaceAll('"', String.raw`\"`)}"`).join(", ")}`;
    const secrets = secretsIn(header);
    for (const value of Object.values(known)) expect(redact(`It is ${value}.`, secrets)).toBe(`It is ${value}.`);
    for (const value of Object.values(secret)) expect(redact(`It is ${value}.`, secrets)).not.toContain(value);
    expect(redact(header, secrets)).not.toMatch(/bm9u|0123456/);
    for (const other of ["Digested", "NoDigest"]) expect(secretsIn(header.replace("Digest", other))).toHaveLength(1);
  });
});

describe("of a Digest credential", () => {
  test.each([
    ["a value of eleven characters goes with what stands around it", 'realm="12345678901", nonce="n"', undefined],
    [
      "a public value of twelve is public, save the eleven that may stand in an honest text as well",
      'realm="123456789012", nonce="n"',
      ['realm="12345678901', '23456789012", nonce="n"'],
    ],
    ["a value whose name only ends in a public one's is secret", 'my_realm="1234567890123456"', undefined],
    ["a value that is not quoted is secret", "realm=1234567890123456", undefined],
  ])("%s", (_name, credential, parts = [credential]) => {
    expect(secretsIn(`Digest ${credential}`)).toEqual(parts);
  });
});

test("of a request, the secrets are its credentials, its session, and what it calls a key or a token", () => {
  const headers = {
    accept: "application/json",
    authorization: `Basic ${btoa("me:a-password")}`,
    "proxy-authorization": "Bearer of-the-proxy",
    cookie: "theme=1; session=1;   other=12;track=1234",
    "x-api-key": "the-key",
  };
  const body = JSON.stringify({ token: 7, apiKey: "another-key", note: "not" });
  expect(secretsOf([{ method: "POST", url: "https://atlas.example", headers, body }])).toEqual([
    btoa("me:a-password"),
    "a-password",
    "me:a-password",
    "of-the-proxy",
    "session=1",
    "other=12",
    "track=1234",
    "the-key",
    { value: JSON.parse(body), texts: [], pairs: ["token7", "apiKeyanotherkey", "notenot"] },
    "another-key",
  ]);
  expect(
    secretsOf([{ method: "GET", url: "https://atlas.example", headers: { cookie: "theme=7; theme=78" } }]),
  ).toEqual(["theme=78"]);
});

describe("of the body of a request", () => {
  test.each([
    ["eleven letters and digits say next to nothing", "abc-def-12345", 0],
    ["twelve are a secret", "abc-def-123456", 1],
  ])("%s", (_name, body, count) => {
    expect(secretsInBody(body)).toHaveLength(count);
  });

  test("a text of twelve characters is secret by itself, and one of eleven is not; what has no letters has no name", () => {
    const body = { a: "123456789012", b: "12345678901", "-": "--" };
    expect(secretsInBody(JSON.stringify(body))).toEqual([
      { value: body, texts: ["123456789012"], pairs: ["a123456789012", "b12345678901"] },
    ]);
  });

  test.each([undefined, null, "", "short", '{"a": "bcdefgh"}'])(
    "%j, nothing is secret: it says next to nothing",
    (body) => {
      expect(secretsInBody(body)).toEqual([]);
    },
  );

  test("its long strings are secret, and each name with its value, as deep as a body of the API goes", () => {
    const body = { name: "orders", list: [{ secret: "a-long-secret", count: 3 }], none: null };
    expect(secretsInBody(JSON.stringify(body))).toEqual([
      { value: body, texts: ["a-long-secret"], pairs: ["nameorders", "secretalongsecret", "count3", "nonenull"] },
    ]);
    let deep: unknown = "twelve-or-more";
    for (let depth = 0; depth < 30; depth++) deep = { deep };
    expect(secretsInBody(JSON.stringify(deep))).toMatchObject([{ texts: [], pairs: [] }]);
  });

  test("a body that is no JSON is one text", () => {
    expect(secretsInBody("grant_type=client_credentials")).toEqual([
      { value: undefined, texts: ["grant_type=client_credentials"], pairs: ["granttypeclientcredentials"] },
    ]);
  });
});

test("what is kept for an answer is kept for its parts, and for nothing else", () => {
  const [page, item, other] = [{}, {}, {}];
  keepSecrets(page, () => ["a1b2-c3d4"]);
  keepSecretsOf(page, item);
  keepSecretsOf(other, other);
  expect([page, item, other].map(secretsKeptFor)).toEqual([["a1b2-c3d4"], ["a1b2-c3d4"], []]);
});
