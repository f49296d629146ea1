import fc from "fast-check";

/** The credentials that one client is made with, and the tokens that the service gives it. */
export interface Keys {
  readonly serviceAccount: { readonly clientId: string; readonly clientSecret: string };
  readonly digest: { readonly publicKey: string; readonly privateKey: string };
  /** In turn. */
  readonly tokens: readonly [string, string];
}

/** What of a request is shown again. */
export type Source = "header" | "credential" | "earlier credential" | "beginning" | "end" | "middle" | "key" | "body";

/** Where in an answer it is shown. */
export type Place =
  | { readonly kind: "phrase" }
  | { readonly kind: "header"; readonly name: string }
  | { readonly kind: "field"; readonly path: readonly (string | number)[] }
  | { readonly kind: "name" }
  | { readonly kind: "number" }
  | { readonly kind: "page"; readonly type: string; readonly before: string; readonly after: string };

/** One answer that shows what it was asked with. */
export interface Reflection {
  readonly keys: Keys;
  readonly source: Source;
  readonly place: Place;
  readonly spelling: string;
  readonly status: number;
  /** Around what is shown. */
  readonly frame: readonly [before: string, after: string];
  /** Whether the token endpoint shows it, rather than the API. */
  readonly isLogin: boolean;
  /** Index of the operation; one more than there are is a wait. */
  readonly operation: number;
  /** For what is cut. */
  readonly cut: number;
}

const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const word = (alphabet: string) => fc.constantFrom(...alphabet);
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Whatever may stand after a scheme: RFC 6750's b64token, and all else that the client takes for one. */
const token = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: visible, minLength: 1, maxLength: 120 }) },
  { weight: 2, arbitrary: fc.string({ unit: visible, minLength: 4, maxLength: 16 }) },
  { weight: 3, arbitrary: fc.string({ unit: word(base64), minLength: 16, maxLength: 200 }).map((text) => `${text}==`) },
  { weight: 1, arbitrary: fc.string({ unit: word(base64), minLength: 12, maxLength: 60 }).map((text) => `/${text}`) },
  { weight: 1, arbitrary: fc.string({ unit: word("0123456789abcdef"), minLength: 8, maxLength: 64 }) },
  // Not of fewer digits: a part of a moment in milliseconds, or of a port, would be taken for it.
  { weight: 1, arbitrary: fc.string({ unit: word("123456789"), minLength: 9, maxLength: 14 }) },
  { weight: 1, arbitrary: fc.string({ unit: word("ab,=\"'\\;%&<>/"), minLength: 4, maxLength: 60 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        ...[20, 40, 30].map((maxLength) =>
          fc.string({ unit: word(`${base64.slice(0, -2)}-_`), minLength: 10, maxLength }),
        ),
      )
      .map((parts) => `eyJ${parts.join(".")}`),
  },
);

/** Quotes round a key, or an escaped line break at its end, are refused at once, and nothing is sent. */
const isAccepted = (text: string) => !/^(["'`]).*\1$|\\[nr]$/.test(text);
const secret = token.filter(isAccepted);

const keys: fc.Arbitrary<Keys> = fc.record({
  serviceAccount: fc.record({
    clientId: fc.string({ unit: word(`${base64}_-`), minLength: 1, maxLength: 40 }),
    clientSecret: secret,
  }),
  digest: fc.record({
    publicKey: fc.string({ unit: word(base64.slice(26, 52)), minLength: 1, maxLength: 12 }),
    privateKey: fc.oneof(fc.uuid(), secret),
  }),
  tokens: fc.tuple(token, token),
});

const fieldPath = fc.oneof(
  fc.constantFrom<(string | number)[]>(
    ["errorCode"],
    ["detail"],
    ["reason"],
    ["error"],
    ["error_description"],
    ["parameters", 0],
    ["parameters", 1, "deep", 0],
    ["badRequestDetail", "fields", 0, "field"],
    ["badRequestDetail", "fields", 0, "description"],
    ["state"],
    ["errorMessage"],
    ["_id"],
    ["links", 0, "href"],
    ["access_token", 0],
    ["status"],
    ["content", "detail"],
    ["results"],
  ),
  fc
    .array(fc.oneof(fc.nat(2), fc.constantFrom("a", "errors", "__proto__", "detail")), { minLength: 1, maxLength: 8 })
    .map((path) => ["unknown", ...path]),
);

const place: fc.Arbitrary<Place> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: "phrase" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("header" as const),
      name: fc.constantFrom(
        "content-type",
        "x-request-id",
        "location",
        "retry-after",
        "www-authenticate",
        "deprecation",
        "sunset",
        "authentication-info",
        "set-cookie",
        "server",
        "x-error-code",
      ),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("field" as const), path: fieldPath }) },
  { weight: 1, arbitrary: fc.constant({ kind: "name" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "number" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("page" as const),
      type: fc.constantFrom("text/html", "text/plain", "application/json", "application/xml"),
      before: fc.constantFrom("", "<html><pre>", "You sent: ", "{", '{"detail":"', "x".repeat(180)),
      after: fc.constantFrom("", "</pre></html>", " and that is wrong.", '"}', "y".repeat(300)),
    }),
  },
);

/** Every way that an answer may show what it was asked with; `operations` is how many there are. */
export const reflections = (operations: number): fc.Arbitrary<Reflection> =>
  fc.record({
    keys,
    source: fc.constantFrom<Source>(
      "header",
      "header",
      "credential",
      "credential",
      "earlier credential",
      "beginning",
      "end",
      "middle",
      "key",
      "body",
    ),
    place,
    spelling: fc.constantFrom("plain", "plain", "plain", "json", "percent", "html", "codes"),
    status: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(400, 401, 401, 403, 404, 409, 418, 429, 500, 503) },
      { weight: 3, arbitrary: fc.constantFrom(200, 200, 202, 302) },
    ),
    frame: fc.tuple(
      fc.constantFrom("", "You sent ", "'", "Bearer ", "...", "\n"),
      fc.constantFrom("", " to us.", "'", "...", "\n"),
    ),
    isLogin: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    operation: fc.nat(operations),
    cut: fc.nat(),
  });

const id = fc.string({ unit: word("0123456789abcdef"), minLength: 24, maxLength: 24 });

/** What a service says that has nothing to do with what it was asked with; its own words, ids and paths are in it. */
const honestDetail = fc.oneof(
  fc.lorem({ mode: "sentences", maxCount: 5 }),
  id.map((groupId) => `No group with ID ${groupId} exists.`),
  id.map((groupId) => `GET /api/atlas/v2/groups/${groupId}/streams/privateLinkConnections is limited to 500 requests.`),
  fc.jsonValue().map((value) => `What was sent is not {}, [] or null, but ${JSON.stringify(value)}.`),
  fc.constantFrom(
    "The vendor MSK has no dnsDomain.",
    "Bearer is not enough: Basic, Digest and bearer tokens are.",
    "{}",
    "",
    "100 %",
    "a\\b",
    "<b>Not you.</b>",
    "Line one.\nLine two.",
  ),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 100 }),
);

/** Answers that refuse, and show nothing of what they were asked with. */
export const honestAnswers = (operations: number) =>
  fc.record({
    keys,
    operation: fc.nat(operations - 1),
    /** Whether the body, where there is one, says nothing. */
    trivialBody: fc.boolean(),
    status: fc.constantFrom(400, 403, 404, 409, 418, 500),
    error: fc.nat(999),
    errorCode: fc.oneof(
      fc.constantFrom("RESOURCE_NOT_FOUND", "GROUP_NOT_FOUND", "VALIDATION_ERROR"),
      fc.string({ unit: word("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), maxLength: 60 }),
    ),
    detail: honestDetail,
    parameters: fc.array(fc.oneof(id, fc.nat()), { maxLength: 3 }),
  });

const spellings: { readonly [name: string]: (text: string) => string } = {
  plain: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  percent: encodeURIComponent,
  html: (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;"),
  codes: (text) => [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
};

/** An answer in bytes: what is shown stands where and as it should. */
export function render({ place, spelling, status, frame }: Reflection, shown: string): Buffer {
  const text = frame[0] + (spellings[spelling]?.(shown) ?? shown) + frame[1];
  const headerText = text.replaceAll(/[^\t\x20-\x7e]/g, " ");
  const phrase = place.kind === "phrase" ? headerText : "Any";
  const body = bodyOf(place, text, shown);
  const own = place.kind === "header" ? [[place.name, headerText] as const] : [];
  const type = place.kind === "page" ? place.type : "application/json";
  const headers = [["content-type", type] as const, ...own].filter(
    ([name], index, all) => all.findLastIndex((each) => each[0] === name) === index,
  );
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(
    `HTTP/1.1 ${status} ${phrase}\r\n${lines}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const honest = {
  error: 400,
  errorCode: "BAD_REQUEST",
  detail: "That is wrong.",
  state: "FAILED",
  _id: "32b6e34b3d91647abb20e7b8",
};

function bodyOf(place: Place, text: string, shown: string): string {
  if (place.kind === "page") return place.before + text + place.after;
  if (place.kind === "name") return JSON.stringify({ ...honest, [text]: { [text]: 1 } });
  if (place.kind === "number")
    return JSON.stringify({ ...honest, parameters: [/^\d{1,15}$/.test(shown) ? Number(shown) : 0] });
  return JSON.stringify(place.kind === "field" ? withField(honest, place.path, text) : honest);
}

function withField(value: unknown, [step, ...rest]: readonly (string | number)[], text: string): unknown {
  if (step === undefined) return text;
  const inner = (value as { readonly [step: string]: unknown } | undefined)?.[step];
  if (typeof step === "number") return [...Array.from({ length: step }, () => null), withField(undefined, rest, text)];
  return {
    ...(typeof value === "object" ? value : {}),
    [step]: withField(typeof inner === "object" ? inner : undefined, rest, text),
  };
}
