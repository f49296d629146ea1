import { DigestClient } from "digest-fetch";
import { expect, test } from "vitest";
import { connectionPath, listPath, mockFor, msk } from "../helpers.js";

const headers = { accept: "application/vnd.atlas.2025-03-12+json", "content-type": "application/json" };

test("digest-fetch logs in once and goes on with the same nonce", async () => {
  const mock = await mockFor();
  const { publicKey, privateKey } = mock.credentials.digest;
  const client = new DigestClient(publicKey, privateKey);
  for (const count of [1, 2, 3]) {
    const response = await client.fetch(mock.url + connectionPath, { headers });
    expect(response.status, `call ${count}`).toBe(200);
  }
  const made = await client.fetch(mock.url + listPath, { method: "POST", headers, body: JSON.stringify(msk) });
  expect(await made.json()).toMatchObject(msk);
  expect(mock.requests.map(({ status }) => status)).toEqual([401, 200, 200, 200, 200]);
});

test("digest-fetch with a wrong key is refused", async () => {
  const mock = await mockFor();
  const client = new DigestClient(mock.credentials.digest.publicKey, "wrong");
  expect((await client.fetch(mock.url + connectionPath, { headers })).status).toBe(401);
});
