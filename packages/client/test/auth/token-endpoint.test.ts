import { beforeAll, describe, expect, test } from "vitest";
import { loadPlatform } from "../../src/call/network.js";
import { rejection } from "../transport/service.js";
import { account, json, list, startTokenService } from "./token-service.js";

beforeAll(loadPlatform);

const path = "POST /api/oauth/token";

async function refusalBy(response: () => Response): Promise<Error & { readonly [field: string]: unknown }> {
  const { connect } = startTokenService({ token: response });
  return (await rejection(list(connect()))) as never;
}

describe("a refusal", () => {
  test.each<[string, () => Response, object, string]>([
    [
      "in OAuth's words",
      () => json({ error: "invalid_client", error_description: "No such client" }, 401),
      { status: 401, errorCode: "invalid_client", detail: "No such client" },
      `${path} answered 401 invalid_client: No such client. Check the client id and the client secret.`,
    ],
    [
      "in the API's words",
      () => json({ errorCode: "RATE_LIMITED", detail: "Too many." }, 400),
      { status: 400, errorCode: "RATE_LIMITED", detail: "Too many." },
      `${path} answered 400 RATE_LIMITED: Too many.`,
    ],
    [
      "in no words",
      () => new Response("<html>", { status: 403 }),
      { status: 403, errorCode: undefined, detail: undefined },
      `${path} answered 403: nothing that could be read.`,
    ],
    [
      "by a success without a token",
      () => json({ token_type: "Bearer" }),
      { status: 200 },
      `${path} answered 200: there is no access token in it.`,
    ],
    [
      "by a token that no header can hold",
      () => json({ access_token: "with\nline" }),
      { status: 200 },
      `${path} answered 200: there is no access token in it.`,
    ],
    [
      "by a token of another type",
      () => json({ access_token: "a-token-of-mac", token_type: "mac" }),
      { status: 200 },
      `${path} gave a token of another type than Bearer, which this client cannot send.`,
    ],
  ])("%s is a CredentialError that says so", async (_name, response, fields, message) => {
    const error = await refusalBy(response);
    expect(error).toMatchObject({ code: "CREDENTIAL", ...fields });
    expect(error.message).toBe(message);
  });

  test("does not show the token that was to be replaced", async () => {
    const { connect } = startTokenService({
      api: () => json({}, 401),
      token: (_seen, nth) =>
        nth === 1
          ? json({ access_token: "opaque-Zq8vB3nM7xK2" })
          : json({ error: "invalid_request", error_description: "opaque-Zq8vB3nM7xK2 was revoked." }, 400),
    });
    expect(await rejection(list(connect()))).toMatchObject({ status: 400, detail: "[redacted] was revoked." });
  });

  test.each(["bearer", "BEARER", undefined, null])("is not meant by the type %j", async (type) => {
    const { connect, seen } = startTokenService({ token: () => json({ access_token: "a-token", token_type: type }) });
    await list(connect());
    expect(seen.api[0]?.authorization).toBe("Bearer a-token");
  });

  test.each(["xbearer", "bearer2", "", 42, {}])("is meant by the type %j", async (token_type) => {
    expect(await refusalBy(() => json({ access_token: "a-token", token_type }))).toMatchObject({ code: "CREDENTIAL" });
  });

  test("that is very long is cut", async () => {
    const { message, detail } = await refusalBy(() => json({ error: "e", error_description: "x".repeat(5000) }, 400));
    expect(message.length).toBeLessThan(1200);
    expect(String(detail)).toHaveLength(4000);
  });

  test("shows neither what was sent nor a token or secret in it, at whatever depth", async () => {
    const error = await refusalBy(() =>
      json(
        {
          error: "invalid_request",
          error_description: `of ${account.clientSecret}, granted-once and inner-most and listed-one`,
          access_token: "granted-once",
          old: { refresh_token: "inner-most", client_secrets: [], client_secret: ["listed-one"] },
        },
        400,
      ),
    );
    const shown = JSON.stringify(error) + error.message + error.stack;
    for (const secret of [account.clientSecret, "granted-once", "inner-most", "listed-one"])
      expect(shown).not.toContain(secret);
    expect(error.message).toContain("invalid_request: of [redacted], [redacted] and [redacted] and [redacted]");
  });
});

describe("how long a token lives", () => {
  test.each([1e13, 9e15, "99999999999999"])("%j seconds are a year and a day at most", async (lifetime) => {
    const { connect, seen, clock } = startTokenService({
      token: (_seen, nth) => json({ access_token: `token-number-${nth}`, expires_in: lifetime }),
    });
    const atlas = connect();
    await list(atlas);
    clock.advance(366 * 24 * 3_600_000 - 300_001);
    await list(atlas);
    expect(seen.token).toHaveLength(1);
    clock.advance(1);
    await list(atlas);
    expect(seen.token).toHaveLength(2);
  });

  test("is counted from when it was asked for", async () => {
    const { connect, seen, clock, treatment } = startTokenService();
    treatment.token = async (_seen, nth) => {
      clock.advance(900);
      return json({ access_token: `token-number-${nth}`, expires_in: 100 });
    };
    const atlas = connect();
    await list(atlas);
    clock.advance(89_099);
    await list(atlas);
    expect(seen.token).toHaveLength(1);
    clock.advance(1);
    await list(atlas);
    expect(seen.token).toHaveLength(2);
  });
});
