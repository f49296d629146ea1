import fc from "fast-check";
import { render } from "./render.js";

/** How the end of a body is told, rightly or not. */
export type Framing = "length" | "too long" | "too short" | "chunked" | "chunks without an end" | "close";

/** HTTP that a parser can read, whatever it says. */
export interface SpokenAnswer {
  readonly kind: "spoken";
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes, one a character. `%AUTHORIZATION%` and `%BODY%` become what the request had. */
  readonly body: string;
  readonly framing: Framing;
}

/** Anything else that a network can do. */
export type HostileAnswer =
  | SpokenAnswer
  | { readonly kind: "raw"; readonly bytes: string }
  | { readonly kind: "reset" }
  | { readonly kind: "silence" };

/** What one server does to one client: the answers of each of its parts, in turn; honest ones follow. */
export interface Ordeal {
  readonly operation: number;
  readonly token: readonly HostileAnswer[];
  readonly stranger: readonly HostileAnswer[];
  readonly api: readonly HostileAnswer[];
  readonly revoke: readonly HostileAnswer[];
  readonly abortAfterMs: number | undefined;
}

const latin1 = (text: string) => Buffer.from(text).toString("latin1");

const status = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(200, 200, 200, 201, 202, 204, 205, 206, 299) },
  { weight: 2, arbitrary: fc.constantFrom(300, 301, 302, 303, 304, 307, 308) },
  { weight: 6, arbitrary: fc.constantFrom(400, 401, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 999 }) },
);

const echo = fc.constantFrom(
  "%AUTHORIZATION%",
  "%BODY%",
  "You sent %AUTHORIZATION% with %BODY%",
  "<pre>%AUTHORIZATION%\n%BODY%</pre>",
);

const headerText = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 40 }).map((text) => text.trim()),
  echo,
  fc.constantFrom("", "0", "1", "-1", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", "*/*", "a".repeat(4000)),
);

const challenge = fc
  .tuple(
    fc.constantFrom("Digest", "Digest", "digest", "Basic", "Bearer", "Negotiate", ""),
    fc.array(
      fc.tuple(
        fc.constantFrom("realm", "nonce", "qop", "algorithm", "stale", "opaque", "domain", "nextnonce", "charset"),
        fc.oneof(
          fc.constantFrom(
            '"auth"',
            '"auth,auth-int"',
            "auth-int",
            "MD5",
            "SHA-256",
            "MD5-sess",
            "SHA-512-256",
            "true",
            "false",
            '""',
          ),
          fc.string({ unit: "grapheme-ascii", maxLength: 20 }).map((text) => `"${text}"`),
          fc.string({ unit: "grapheme-ascii", maxLength: 20 }),
        ),
      ),
      { maxLength: 7 },
    ),
  )
  .map(([scheme, parameters]) =>
    `${scheme} ${parameters.map(([name, value]) => `${name}=${value}`).join(", ")}`.trim(),
  );

const goodChallenge = fc
  .tuple(fc.uuid(), fc.constantFrom("MD5", "SHA-256", "MD5-sess"), fc.boolean())
  .map(
    ([nonce, algorithm, stale]) =>
      `Digest realm="r", nonce="${nonce}", qop="auth", algorithm=${algorithm}, stale=${stale}`,
  );

const contentType = fc.constantFrom(
  "application/json",
  "application/json",
  "application/vnd.atlas.2023-02-01+json;charset=utf-8",
  "text/html",
  "text/plain",
  "application/x-www-form-urlencoded",
  "APPLICATION/JSON; charset=utf-16",
);

/**
 * Not more than five codings: at the sixth, Node's own fetch rejects, and throws an uncaught exception when the
 * connection ends after that (undici 6.24, `onHeaders` in lib/web/fetch). No code above fetch can prevent that.
 */
const encoding = fc.constantFrom("gzip", "br", "deflate", "identity", "gzip, br", "br, x", "", "a,b,c,d,e");

const header: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("content-type"), contentType) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("content-encoding"), encoding) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("www-authenticate"), fc.oneof(challenge, goodChallenge)) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom(
        "retry-after",
        "x-request-id",
        "location",
        "deprecation",
        "sunset",
        "authentication-info",
        "set-cookie",
        "content-type",
        "www-authenticate",
      ),
      headerText,
    ),
  },
);

function onceEncoded(headers: readonly (readonly [string, string])[]) {
  const [first] = headers.filter(([name]) => name === "content-encoding");
  return headers.filter((each) => each[0] !== "content-encoding" || each === first);
}

const errorBody = fc.record(
  {
    error: fc.oneof(fc.jsonValue(), fc.constantFrom("invalid_client", "access_denied"), echo),
    errorCode: fc.oneof(fc.jsonValue(), fc.constantFrom("RATE_LIMITED_TOKEN_BUCKET", "RESOURCE_NOT_FOUND"), echo),
    error_description: fc.oneof(fc.jsonValue(), echo),
    detail: fc.oneof(fc.jsonValue(), echo),
    reason: fc.oneof(fc.jsonValue(), echo),
    parameters: fc.oneof(fc.jsonValue(), fc.tuple(fc.string(), fc.integer({ min: -1, max: 2 }))),
    badRequestDetail: fc.jsonValue(),
    status: fc.oneof(fc.jsonValue(), fc.integer({ min: 0, max: 999 })),
    content: fc.jsonValue(),
    results: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 2 })),
  },
  { requiredKeys: [] },
);

const tokenBody = fc.record(
  {
    access_token: fc.oneof(
      { weight: 6, arbitrary: fc.uuid().map((id) => `token-${id}`) },
      { weight: 1, arbitrary: fc.constantFrom(null, 42, "", "two words of a token", "line\nbreak in a token", [], {}) },
    ),
    expires_in: fc.oneof(
      fc.constantFrom<unknown>(3600, 3600, 1, 0, -1, "3600", "soon", 1e308, 1e-9, null),
      fc.jsonValue(),
    ),
    token_type: fc.constantFrom("Bearer", "mac", ""),
  },
  { requiredKeys: ["access_token"] },
);

const body = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue().map((value) => latin1(JSON.stringify(value))) },
  { weight: 4, arbitrary: errorBody.map((value) => latin1(JSON.stringify(value))) },
  {
    weight: 2,
    arbitrary: fc.constant('{"_id":"32b6e34b3d91647abb20e7b8","provider":"AWS","state":"DONE","results":[]}'),
  },
  { weight: 1, arbitrary: errorBody.map((value) => `\xef\xbb\xbf${latin1(JSON.stringify(value))}`) },
  { weight: 1, arbitrary: errorBody.map((value) => latin1(JSON.stringify(value)).slice(0, -1)) },
  { weight: 1, arbitrary: errorBody.map((value) => latin1(JSON.stringify(value)).replaceAll("/", "\\/")) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "", " ", "null", "[]", '""', "0", "<html>Please sign in</html>", "undefined", "NaN"),
  },
  { weight: 1, arbitrary: echo },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }).map(latin1) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("latin1")) },
);

const framing = fc.constantFrom<Framing>(
  "length",
  "length",
  "length",
  "length",
  "chunked",
  "close",
  "too long",
  "too short",
  "chunks without an end",
);

const spokenWith = (bodies: fc.Arbitrary<string>): fc.Arbitrary<SpokenAnswer> =>
  fc.record({
    kind: fc.constant("spoken" as const),
    status,
    headers: fc.array(header, { maxLength: 4 }).map(onceEncoded),
    body: bodies,
    framing,
  });

const raw = fc.oneof(
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc
    .tuple(spokenWith(body), fc.nat(400), fc.string({ unit: "binary", maxLength: 3 }), fc.nat(3))
    .map(([answer, at, inserted, removed]) => {
      const text = render(answer);
      return text.slice(0, at) + latin1(inserted) + text.slice(at + removed);
    }),
);

const answerWith = (bodies: fc.Arbitrary<string>): fc.Arbitrary<HostileAnswer> =>
  fc.oneof(
    { weight: 40, arbitrary: spokenWith(bodies) },
    { weight: 5, arbitrary: raw.map((bytes) => ({ kind: "raw" as const, bytes })) },
    { weight: 3, arbitrary: fc.constant({ kind: "reset" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "silence" as const }) },
  );

const tokenAnswer = fc.oneof(
  {
    weight: 3,
    arbitrary: tokenBody.map((value) => ({
      kind: "spoken" as const,
      status: 200,
      headers: [["content-type", "application/json"] as const],
      body: latin1(JSON.stringify(value)),
      framing: "length" as const,
    })),
  },
  {
    weight: 1,
    arbitrary: answerWith(
      fc.oneof(
        body,
        tokenBody.map((value) => latin1(JSON.stringify(value))),
      ),
    ),
  },
);

const strangerAnswer = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.oneof(goodChallenge, challenge).map((value) => ({
      kind: "spoken" as const,
      status: 401,
      headers: [["www-authenticate", value] as const],
      body: "",
      framing: "length" as const,
    })),
  },
  { weight: 1, arbitrary: answerWith(body) },
);

/** Everything that a server may do to one call and to the `close()` after it. */
export const ordeals = (operations: number): fc.Arbitrary<Ordeal> =>
  fc.record({
    operation: fc.nat(operations - 1),
    token: fc.array(tokenAnswer, { maxLength: 2 }),
    stranger: fc.array(strangerAnswer, { maxLength: 2 }),
    api: fc.array(answerWith(body), { minLength: 1, maxLength: 4 }),
    revoke: fc.array(answerWith(body), { maxLength: 1 }),
    abortAfterMs: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(15) }),
  });
