import type * as fault from "../faults/fault.js";
import { count, either, object, type Schema } from "./schema.js";

type Details<Kind> = Record<Exclude<keyof Kind, "kind">, Schema>;

const status = { type: "integer", minimum: 200, maximum: 999, description: "a status, from 200 to 999" };
/** Longer ones overflow the timers of Node, and pass at once. */
const delay = {
  type: "number",
  minimum: 0,
  maximum: 2 ** 31 - 1,
  description: "a number of milliseconds up to 24 days",
};
const seconds = { ...count, maximum: 1e9, description: "a number of seconds" };
const inBody = { enum: ["before-answer", "in-body"] };

/** RFC 9110, section 5: what a header can be. */
const headerName = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";
const headerValue = {
  type: "string",
  pattern: "^[\\t\\x20-\\x7e\\x80-\\xff]*$",
  description: "a text that a header can hold, in one line",
};
const headers = {
  type: "object",
  description: "headers by name",
  propertyNames: { pattern: headerName, description: "the name of a header" },
  additionalProperties: either(
    "array",
    { type: "array", items: headerValue, description: "a list of texts" },
    headerValue,
  ),
};

const kinds: Readonly<Record<fault.Fault["kind"], Schema>> = {
  "rate-limited": {
    retryAfterSeconds: { ...seconds, type: "integer", description: "a whole number of seconds" },
    header: { enum: ["seconds", "date", "none"] },
  } satisfies Details<fault.RateLimited>,
  unavailable: {
    retryAfterSeconds: { ...seconds, type: "integer", description: "a whole number of seconds" },
  } satisfies Details<fault.Unavailable>,
  "unexpected-error": {} satisfies Details<fault.UnexpectedError>,
  empty: { status, length: { enum: ["announced", "chunked"] } } satisfies Details<fault.Empty>,
  html: { status } satisfies Details<fault.Html>,
  answer: {
    status,
    headers,
    body: { isBody: true, description: "a text, bytes, or what JSON can say" },
  } satisfies Details<fault.Answered>,
  bytes: {
    bytes: { isBytes: true, description: "a text, or bytes" },
  } satisfies Details<fault.Bytes>,
  reset: { when: inBody } satisfies Details<fault.Reset>,
  slow: { delayMs: delay, part: { enum: ["answer", "body"] } } satisfies Details<fault.Slow>,
  stalled: { when: inBody } satisfies Details<fault.Stalled>,
  truncated: { length: { enum: ["whole", "half"] } } satisfies Details<fault.Truncated>,
};

const required: Partial<Record<fault.Fault["kind"], readonly string[]>> = { answer: ["status"], bytes: ["bytes"] };

/** The kinds that need no details. */
const bare = Object.keys(kinds).filter((kind) => !(kind in required));

/** By its kind alone, or as an object; the kind decides what else can be in that. */
export const faultSchema: Schema = either(
  "string",
  { enum: bare },
  {
    type: "object",
    description: "a fault",
    required: ["kind"],
    properties: { kind: { enum: Object.keys(kinds) } },
    allOf: Object.entries(kinds).map(([kind, details]) => ({
      if: { properties: { kind: { const: kind } }, required: ["kind"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: object("a fault", { kind: {}, ...details }, { required: required[kind as fault.Fault["kind"]] ?? [] }),
    })),
  },
);
