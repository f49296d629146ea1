import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { challenge, credentials, type HostileServer, startHostileServer } from "../hostile-server.js";
import { listen } from "../listen.js";
import { call, getOne } from "../operations.js";
import { everythingIn, expectNoSecret } from "../secrets.js";
import { echoes, echoing } from "./echoes.js";

let server: HostileServer;

beforeAll(async () => {
  server = await startHostileServer();
});

beforeEach(() => server.behave({}));

afterAll(() => server.stop());

describe("the login shows no secret", () => {
  test.each(echoes)("where the token endpoint shows the request in %s", async (_name, echo) => {
    for (const status of [200, 400, 401, 403, 429, 500, 302]) {
      server.behave({ token: echoing(status, echo) });
      expectNoSecret(await rejection(call(connect("a service account", server), getOne)), server);
    }
  });

  test.each(echoes)(
    "where the revoke endpoint shows the request in %s: the token in its body neither",
    async (_name, echo) => {
      for (const status of [400, 401, 500, 302]) {
        server.behave({ revoke: echoing(status, echo) });
        const atlas = connect("a service account", server);
        await call(atlas, getOne);
        const events = listen("token", atlas);
        await atlas.close();
        expect(events).toMatchObject([{ error: { code: "CREDENTIAL", status } }]);
        expectNoSecret(events, server);
      }
    },
  );

  test("where a token endpoint shows id and secret in plain", async () => {
    const { clientId, clientSecret } = credentials.serviceAccount;
    for (const shown of [clientSecret, `${clientId}:${clientSecret}`, encodeURIComponent(clientSecret)]) {
      server.behave({
        token: ({ answer }) => answer(401, { error: "invalid_client", error_description: `No such ${shown}` }),
      });
      expectNoSecret(await rejection(call(connect("a service account", server), getOne)), server);
    }
  });

  test("where a token endpoint refuses and gives a token all the same", async () => {
    const token = "eyJhbGciOiJFUzUxMiJ9.a-token-in-a-refusal.c2lnbmF0dXJl";
    for (const [status, body] of [
      [200, { access_token: [token] }],
      [200, `<html>${token}</html>`],
      [200, { access_token: `${token}\n` }],
    ] as const) {
      server.behave({ token: ({ answer }) => answer(status, body) });
      const error = await rejection(call(connect("a service account", server), getOne));
      expect(everythingIn(error)).not.toContain(token);
    }
  });

  test("where a challenge cannot be answered and shows what was sent", async () => {
    let asked = 0;
    const strange = (authorization: string) =>
      `Digest realm="r", nonce="n", algorithm=MD4, echo="${authorization.replaceAll('"', "'")}"`;
    server.behave({
      api: ({ headers, answer }) =>
        answer(401, undefined, { "www-authenticate": asked++ ? challenge : strange(headers.authorization ?? "") }),
    });
    const error = await rejection(call(connect("digest", server), getOne));
    expectNoSecret(error, server);
    expect(everythingIn(error)).not.toMatch(/response='\w{32}'/);
  });
});
