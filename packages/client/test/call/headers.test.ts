import { createToken, getGroupStreamPrivateLinkConnection as getOne } from "@atlas-streams/types";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../src/answer/errors.js";
import { checkHeaders, headersOf } from "../../src/call/headers.js";
import type { HeaderOptions } from "../../src/call/options.js";

const { accept } = getOne;

describe("the headers of a request", () => {
  test("ask for the operation's version", () => {
    expect(headersOf(getOne, false)).toEqual({ accept });
  });

  test("say what a body is, where there is one and the operation takes one", () => {
    const { accept, contentType } = createToken;
    expect(headersOf(createToken, true)).toEqual({ accept, "content-type": contentType });
    expect(headersOf(createToken, false)).toEqual({ accept });
    expect(headersOf(getOne, true)).toEqual({ accept: getOne.accept });
  });

  test("are the client's where it says something, and the call's before these", () => {
    const client = { accept: "text/csv", "user-agent": "portal/2.1", "x-trace": "1" };
    expect(headersOf(getOne, false, client, { "x-trace": "2" })).toEqual({ ...client, "x-trace": "2" });
    expect(client["x-trace"]).toBe("1");
  });
});

describe("headers that somebody gives", () => {
  test.each<[string, HeaderOptions | Headers | undefined, object]>([
    ["none", undefined, {}],
    ["of no name", {}, {}],
    ["as an object", { "X-Trace": " 1 ", Via: "portal" }, { "x-trace": "1", via: "portal" }],
    ["as Headers", new Headers({ "X-Trace": "1" }), { "x-trace": "1" }],
  ])("%s have their names in lower case", (_title, given, expected) => {
    expect(checkHeaders(given)).toEqual(expected);
  });

  test.each([
    "accept-encoding",
    "Connection",
    "content-length",
    "expect",
    "Host",
    "keep-alive",
    "proxy-connection",
    "TE",
    "trailer",
    "transfer-encoding",
    "upgrade",
  ])("are refused with %s, which is the transport's own affair", (name) => {
    expect(() => checkHeaders({ "x-trace": "1", [name]: "a" })).toThrow(
      new InvalidArgumentError(`headers must not have ${name.toLowerCase()}: that is set where the request is sent.`),
    );
  });

  test.each(["x-host", "hostname", "upgrade-insecure-requests", "te-x", "accept"])("may have %s", (name) => {
    expect(checkHeaders({ [name]: "a" })).toEqual({ [name]: "a" });
  });

  test.each([
    ["a name", { "a key\n": "a" }],
    ["a value", { "x-trace": "secret\nx-other: 1" }],
    ["a value", { "x-trace": "sécrét€" }],
  ])("are refused with %s that no header can have, which is not repeated", (_title, given: HeaderOptions) => {
    expect(() => checkHeaders(given)).toThrow(
      new InvalidArgumentError("headers has a name or a value that no header can have. Nothing was sent."),
    );
  });
});
