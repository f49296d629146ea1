import * as oauth from "oauth4webapi";
import { expect, test } from "vitest";
import type { Mock } from "../../src/index.js";
import { ask, connectionPath, mockFor } from "../helpers.js";

const insecure = { [oauth.allowInsecureRequests]: true };

function serverOf({ url }: Mock): oauth.AuthorizationServer {
  return { issuer: url, token_endpoint: `${url}/api/oauth/token`, revocation_endpoint: `${url}/api/oauth/revoke` };
}

/** Id and secret as they are, as the service wants them; oauth4webapi's own way is below. */
function raw({ credentials: { serviceAccount } }: Mock): oauth.ClientAuth {
  const encoded = Buffer.from(`${serviceAccount.clientId}:${serviceAccount.clientSecret}`).toString("base64");
  return (_server, _client, _body, headers) => headers.set("authorization", `Basic ${encoded}`);
}

test("oauth4webapi gets a token, uses it, and revokes it", async () => {
  const mock = await mockFor();
  const server = serverOf(mock);
  const client = { client_id: mock.credentials.serviceAccount.clientId };
  const response = await oauth.clientCredentialsGrantRequest(server, client, raw(mock), {}, insecure);
  const token = await oauth.processClientCredentialsResponse(server, client, response);
  expect(token).toMatchObject({ token_type: "bearer", expires_in: 3600 });
  const headers = { authorization: `Bearer ${token.access_token}` };
  expect((await ask(mock, "GET", connectionPath, { headers })).status).toBe(200);
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, raw(mock), token.access_token, insecure),
  );
  expect((await ask(mock, "GET", connectionPath, { headers })).status).toBe(401);
});

test("oauth4webapi's own Basic, which form-encodes the underscores of every id, is refused as by the service", async () => {
  const mock = await mockFor();
  const server = serverOf(mock);
  const { clientId, clientSecret } = mock.credentials.serviceAccount;
  const client = { client_id: clientId };
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(clientSecret),
    {},
    insecure,
  );
  await expect(oauth.processClientCredentialsResponse(server, client, response)).rejects.toMatchObject({
    status: 401,
    cause: [{ scheme: "basic" }],
  });
});
