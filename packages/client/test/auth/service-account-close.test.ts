import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { loadPlatform } from "../../src/call/network.js";
import { account, bearers, json, list, listenToTokens, startTokenService } from "./token-service.js";

beforeAll(loadPlatform);

const minutes = 60_000;

describe("close()", () => {
  test("revokes the token, once, and leaves the client usable", async () => {
    const { connect, seen } = startTokenService();
    const atlas = connect();
    await atlas.close();
    expect(seen.revoke).toEqual([]);
    await list(atlas);
    await atlas.close();
    await atlas.close();
    const basic = `Basic ${btoa(`${account.clientId}:${account.clientSecret}`)}`;
    const body = "token=token-number-1&token_type_hint=access_token";
    expect(seen.revoke).toEqual([{ path: "/api/oauth/revoke", authorization: basic, body }]);
    await list(atlas);
    expect(bearers(seen.api)).toEqual(["Bearer token-number-1", "Bearer token-number-2"]);
  });

  test("revokes nothing that has expired", async () => {
    const { connect, seen, clock } = startTokenService();
    const atlas = connect();
    await list(atlas);
    clock.advance(60 * minutes);
    await atlas.close();
    expect(seen.revoke).toEqual([]);
  });

  test("waits for a token that is under way, and revokes that", async () => {
    const { connect, seen, treatment, clock } = startTokenService();
    let issue = (_response: Response) => {};
    treatment.token = () =>
      new Promise((resolve) => {
        issue = resolve;
      });
    const atlas = connect();
    const call = list(atlas);
    await clock.quiet();
    const closing = atlas.close();
    issue(json({ access_token: "token-after-all", expires_in: 3600 }));
    await Promise.all([call, closing]);
    expect(seen.revoke.map(({ body }) => body)).toEqual(["token=token-after-all&token_type_hint=access_token"]);
  });

  test("does not tell the token when it tells what went wrong", async () => {
    const { connect } = startTokenService({
      revoke: ({ body }) => {
        const token = new URLSearchParams(body).get("token");
        throw Object.assign(new Error(`could not send ${token}`), { code: token });
      },
    });
    const told = listenToTokens();
    const atlas = connect();
    await list(atlas);
    await atlas.close();
    const { error } = told.at(-1) ?? {};
    expect(error).toMatchObject({ code: "CONNECTION", cause: { message: "could not send [redacted]" } });
    expect(inspect(error)).not.toContain("token-number-1");
  });

  test("tells what went wrong, and can be tried again", async () => {
    const { connect, seen, treatment } = startTokenService({ revoke: () => json({ error: "server_error" }, 400) });
    const told = listenToTokens();
    const atlas = connect();
    await list(atlas);
    await atlas.close();
    expect(told.at(-1)?.error).toMatchObject({ code: "CREDENTIAL", errorCode: "server_error" });
    delete treatment.revoke;
    await atlas.close();
    expect(seen.revoke).toHaveLength(2);
  });
});
