import { CredentialError } from "@atlas-streams/client";
import { aMoment, rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { tokenPath } from "../hostile-server.js";
import { call, getOne } from "../operations.js";
import { asked, calls, inParallel, kind, startHostile, startService } from "./service.js";

describe("a token endpoint that refuses", () => {
  const refusals: [string, number, unknown, object][] = [
    [
      "invalid_client",
      401,
      { error: "invalid_client", error_description: "Invalid credentials provided." },
      { status: 401, errorCode: "invalid_client", detail: "Invalid credentials provided." },
    ],
    [
      "the cap of 100 tokens",
      403,
      { error: "access_denied", error_description: "Access Token limit reached." },
      { status: 403, errorCode: "access_denied", detail: "Access Token limit reached." },
    ],
    [
      "429 in the API's words",
      429,
      { error: 429, errorCode: "RATE_LIMITED", detail: "Resource /api/oauth/token is limited to 50 requests." },
      { status: 429, errorCode: "RATE_LIMITED", detail: "Resource /api/oauth/token is limited to 50 requests." },
    ],
    [
      "a server error",
      500,
      { error: "server_error", error_description: "Unexpected error." },
      { errorCode: "server_error" },
    ],
    [
      "a page for people",
      503,
      "<html>Under maintenance</html>",
      { status: 503, message: "POST /api/oauth/token answered 503: nothing that could be read." },
    ],
    ["an empty 502", 502, undefined, { status: 502 }],
    ["an empty 200", 200, undefined, { status: 200 }],
    ["200 with a login page", 200, "<html>Please sign in</html>", { status: 200 }],
    ["200 without a token", 200, { token_type: "Bearer", expires_in: 3600 }, { status: 200 }],
    ["200 with null", 200, "null", { status: 200 }],
    ["200 with a list", 200, [{ access_token: "a-token" }], { status: 200 }],
    ["a 204", 204, undefined, { status: 204 }],
    ["garbage in every field", 400, { error: 42, error_description: {}, errorCode: [], detail: null }, { status: 400 }],
    ["a refusal that has a token in it", 403, { access_token: "a-token", expires_in: 3600 }, { status: 403 }],
  ];

  test.each(refusals)(
    "with %s fails the call in its own words, and nothing goes out unauthenticated",
    async (_name, status, body, facts) => {
      const server = await startHostile({ token: ({ answer }) => answer(status, body) });
      const error = await rejection(call(connect(kind, server), getOne));
      expect(error).toBeInstanceOf(CredentialError);
      expect(error).toMatchObject({ code: "CREDENTIAL", method: "POST", path: tokenPath, ...facts });
      const { detail } = facts as { detail?: string };
      if (detail) expect((error as Error).message).toContain(detail);
      expect(server.requests.every(({ path }) => path === tokenPath)).toBe(true);
    },
  );

  test("for real: the 101st token of an account is refused in the service's words", async () => {
    const mock = await startService({ limits: { liveTokens: 1 } });
    await call(connect(kind, mock), getOne);
    const error = await rejection(call(connect(kind, mock), getOne));
    expect(error).toMatchObject({ code: "CREDENTIAL", status: 403, errorCode: "access_denied" });
    expect(calls(mock)).toHaveLength(1);
  });

  test("is asked once for 50 calls at once, which all learn why", async () => {
    const server = await startHostile({
      token: async ({ answer }) => {
        await aMoment();
        answer(401, { error: "invalid_client" });
      },
    });
    const atlas = connect(kind, server);
    const errors = await inParallel(50, () => rejection(call(atlas, getOne)));
    expect(server.requests).toHaveLength(1);
    for (const error of errors) expect(error).toMatchObject({ code: "CREDENTIAL", errorCode: "invalid_client" });
  });

  test("is asked once, too, where each of the calls has a deadline of its own", async () => {
    const mock = await startService({
      faults: [
        {
          path: tokenPath,
          credentials: "any",
          fault: { kind: "answer", status: 401, body: { error: "invalid_client" } },
        },
      ],
    });
    const atlas = connect(kind, mock);
    const errors = await inParallel(20, (index) => rejection(call(atlas, getOne, { deadlineMs: 10_000 + index })));
    for (const error of errors) expect(error).toMatchObject({ errorCode: "invalid_client" });
    expect(asked(mock, tokenPath)).toHaveLength(1);
  });

  test("is asked again by the next call: a refusal is not for ever", async () => {
    const mock = await startService({ faults: [{ path: tokenPath, nth: 1, fault: "empty" }] });
    const atlas = connect(kind, mock);
    expect(await rejection(call(atlas, getOne))).toBeInstanceOf(CredentialError);
    await call(atlas, getOne);
  });

  test.each(["empty", "reset", "unavailable", "truncated", { kind: "empty", status: 504 }] as const)(
    "only for a moment (%o) is asked again within the same call",
    async (fault) => {
      const clock = startClock({ skip: (delayMs) => delayMs < 30_000 });
      const mock = await startService({ faults: [{ path: tokenPath, nth: 1, fault }] });
      await call(connect(kind, mock, { clock, retry: {} }), getOne);
      expect(asked(mock, tokenPath)).toHaveLength(2);
      expect(calls(mock)).toHaveLength(1);
    },
  );
});
