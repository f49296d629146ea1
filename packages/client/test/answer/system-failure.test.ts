import { describe, expect, test } from "vitest";
import { isUnsent, systemFailures } from "../../src/answer/system-failure.js";
import { ConnectionError, createClient, digest } from "../../src/index.js";
import { rejection } from "../transport/service.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const body = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/1" } as const;

/** A create over a fetch that fails as told; an error is made of the URL that the fetch was given. */
async function createFailingWith(error: (url: string) => unknown): Promise<ConnectionError> {
  const auth = digest({ publicKey: "abcdefgh", privateKey: "5ec4e7b0-0000-4000-8000-00005ec4e7b0" });
  const fetch = (url: string) => Promise.reject(error(url));
  const atlas = createClient({ baseUrl: "http://127.0.0.1:1/base", auth, retry: false, fetch });
  const failure = await rejection(atlas.privateLinkConnections.create({ groupId, body }));
  expect(failure).toBeInstanceOf(ConnectionError);
  return failure as ConnectionError;
}

const denoSays = (url: string, what: string) =>
  new TypeError("fetch failed", { cause: new Error(`error sending request for url (${url}): client error (${what})`) });
const withCode = (code: string, message: string) => Object.assign(new TypeError(message), { code });

describe("the error of a fetch", () => {
  test.each<[string, (url: string) => unknown]>([
    ["Deno, refused", (url) => denoSays(url, "Connect): tcp connect error: Connection refused (os error 111")],
    ["Deno, no TLS", (url) => denoSays(url, "Connect): received corrupt message of type InvalidContentType")],
    ["Bun, refused", () => withCode("ConnectionRefused", "Unable to connect. Is the computer able to access the url?")],
    ["Bun, no TLS", () => withCode("EPROTO", "EPROTO: The TLS handshake failed. Does the server speak TLS there?")],
    ["Node, refused", () => new TypeError("fetch failed", { cause: withCode("ECONNREFUSED", "connect ECONNREFUSED") })],
  ])("proves that nothing left: %s", async (_runtime, error) => {
    const failure = await createFailingWith(error);
    expect(failure.unsent).toBe(true);
    expect(failure.message).toContain("could not be sent");
  });

  test.each<[string, (url: string) => unknown]>([
    ["Deno, reset", (url) => denoSays(url, "SendRequest): connection error: Connection reset by peer (os error 104")],
    ["Bun, reset", () => withCode("ECONNRESET", "The socket connection was closed unexpectedly.")],
    ["Bun, TLS later on", () => withCode("EPROTO", "write EPROTO")],
    ["workerd", () => new Error("Network connection lost.")],
    ["nothing that could be read", () => undefined],
  ])("leaves it open what became of the request: %s", async (_runtime, error) => {
    const failure = await createFailingWith(error);
    expect(failure.unsent).toBe(false);
    expect(failure.message).toContain("broke off");
  });

  test("puts no id into a message, a cause or a log, where it names the URL", async () => {
    const failure = await createFailingWith((url) => denoSays(url, "Connect): dns error"));
    expect(`${failure.message} ${JSON.stringify(failure)} ${failure.stack}`).not.toContain(groupId);
    expect(failure.message).toContain(
      "(http://127.0.0.1:1/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections)",
    );
  });

  test("ends in one full stop, whatever it ended in", async () => {
    for (const words of ["Network connection lost.", "Network connection lost", "Is it plugged in?"]) {
      const { message } = await createFailingWith(() => new Error(words));
      expect(message).toMatch(/(lost\.|in\?) Check the base URL, the network and the proxy\.$/);
    }
  });
});

describe("failures of the system", () => {
  const failure = (code: unknown, syscall?: unknown) => ({ code, syscall });
  const inside = (error: unknown, times: number): unknown =>
    times === 0 ? error : { message: "fetch failed", cause: inside(error, times - 1) };

  test("are found at the end of a chain of causes, if that is not too long", () => {
    expect(systemFailures(inside(failure("ECONNREFUSED", "connect"), 5))).toEqual([
      { code: "ECONNREFUSED", syscall: "connect" },
    ]);
    expect(systemFailures(inside(failure("ECONNREFUSED"), 6))).toEqual([]);
    const ring: { cause?: unknown } = {};
    ring.cause = ring;
    expect(systemFailures(ring)).toEqual([]);
  });

  test("are all those of the addresses that were tried, up to a hundred", () => {
    const errors = [failure("ECONNREFUSED", "connect"), inside(failure("ENETUNREACH"), 1), "?"];
    expect(systemFailures({ code: "ANY", errors }).map(({ code }) => code)).toEqual(["ECONNREFUSED", "ENETUNREACH"]);
    expect(systemFailures({ code: "ANY", errors: [] })).toEqual([{ code: "ANY", syscall: "" }]);
    expect(systemFailures({ errors: Array.from({ length: 200 }, () => failure("ANY")) })).toHaveLength(100);
  });

  test.each([
    undefined,
    null,
    "ECONNREFUSED",
    42,
    failure(7),
    failure("two words"),
    failure(""),
    failure("A".repeat(65)),
  ])("are none in %j", (error) => {
    expect(systemFailures(error)).toEqual([]);
    expect(isUnsent(error)).toBe(false);
  });

  test("prove that nothing left where all of them do", () => {
    const refused = failure("ECONNREFUSED", "connect");
    expect(isUnsent({ errors: [refused, failure("ENETUNREACH")] })).toBe(true);
    expect(isUnsent({ errors: [refused, failure("ECONNRESET", "read")] })).toBe(false);
    for (const syscall of ["read", "write", "sendto"]) expect(isUnsent(failure("EHOSTUNREACH", syscall))).toBe(false);
    expect(isUnsent(inside({ message: "x: The TLS handshake failed." }, 5))).toBe(true);
    expect(isUnsent(inside({ message: "x: The TLS handshake failed." }, 6))).toBe(false);
    expect(isUnsent({ message: "A word of The TLS handshake failed" })).toBe(false);
  });
});
