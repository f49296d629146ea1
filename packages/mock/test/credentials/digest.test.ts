import { expect, test } from "vitest";
import { ask, connectionPath, digestHeader, freshNonce, mockFor, movingClock, nonceOf } from "../helpers.js";

test("A request without credentials is answered with the service's challenge and its error body", async () => {
  const mock = await mockFor();
  const { status, headers, body } = await ask(mock, "GET", connectionPath);
  expect(status).toBe(401);
  expect(headers.get("www-authenticate")).toMatch(
    /^Digest realm="MMS Public API", domain="", nonce="[^"]+", algorithm=MD5, qop="auth", stale=false$/,
  );
  expect(headers.get("content-type")).toBe("application/json");
  expect(body).toMatchObject({ error: 401, errorCode: "UNEXPECTED_ERROR" });
});

test("The key opens, and goes on opening with a rising count", async () => {
  const mock = await mockFor();
  const nonce = await freshNonce(mock);
  for (const count of [1, 2, 3]) {
    const authorization = digestHeader(mock, { path: connectionPath, nonce, count });
    expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(200);
  }
});

test("Counts that overtake each other are let in, as calls made side by side do", async () => {
  const mock = await mockFor();
  const nonce = await freshNonce(mock);
  for (const count of [3, 1, 2]) {
    const authorization = digestHeader(mock, { path: connectionPath, nonce, count });
    expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(200);
  }
});

test("A count that was used is a replay, and refused", async () => {
  const mock = await mockFor();
  const authorization = digestHeader(mock, { path: connectionPath, nonce: await freshNonce(mock) });
  expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(200);
  const replayed = await ask(mock, "GET", connectionPath, { headers: { authorization } });
  expect(replayed.status).toBe(401);
  expect(replayed.headers.get("www-authenticate")).toContain("stale=false");
});

test("The query belongs to what is signed", async () => {
  const mock = await mockFor();
  const path = `${connectionPath}?envelope=true`;
  const nonce = await freshNonce(mock);
  const right = digestHeader(mock, { path, nonce });
  const wrong = digestHeader(mock, { path: connectionPath, nonce, count: 2 });
  expect((await ask(mock, "GET", path, { headers: { authorization: right } })).status).toBe(200);
  expect((await ask(mock, "GET", path, { headers: { authorization: wrong } })).status).toBe(401);
});

test("A wrong key, another realm and a made-up header are refused", async () => {
  const mock = await mockFor();
  const nonce = await freshNonce(mock);
  const { publicKey } = mock.credentials.digest;
  const wrong = [
    digestHeader(mock, { path: connectionPath, nonce, key: { publicKey, privateKey: "no" } }),
    digestHeader(mock, { path: connectionPath, nonce, realm: "elsewhere" }),
    `Digest username="${publicKey}",response="abc"`,
    "Digest ",
  ];
  for (const authorization of wrong) {
    const { status, headers } = await ask(mock, "GET", connectionPath, { headers: { authorization } });
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain("stale=false");
  }
});

test("A nonce that has grown old is stale, and the challenge says so", async () => {
  const clock = movingClock();
  const mock = await mockFor({ clock, limits: { nonceLifetimeMs: 1000 } });
  const nonce = await freshNonce(mock);
  clock.move(1000);
  const old = await ask(mock, "GET", connectionPath, {
    headers: { authorization: digestHeader(mock, { path: connectionPath, nonce }) },
  });
  expect(old.status).toBe(401);
  expect(old.headers.get("www-authenticate")).toContain("stale=true");
  const authorization = digestHeader(mock, { path: connectionPath, nonce: nonceOf(old.headers) });
  expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(200);
});

test("A nonce that the mock forgot is stale as well", async () => {
  const mock = await mockFor();
  const nonce = await freshNonce(mock);
  mock.state.forgetLogins();
  const { headers } = await ask(mock, "GET", connectionPath, {
    headers: { authorization: digestHeader(mock, { path: connectionPath, nonce }) },
  });
  expect(headers.get("www-authenticate")).toContain("stale=true");
});

test("A preferred 401 carries a challenge that works", async () => {
  const mock = await mockFor({ auth: "any" });
  const { headers } = await ask(mock, "GET", connectionPath, { headers: { prefer: "code=401" } });
  expect(nonceOf(headers)).not.toBe("");
  const again = await ask(mock, "GET", connectionPath, { headers: { prefer: "code=401" } });
  expect(nonceOf(again.headers)).not.toBe(nonceOf(headers));
});

test.each([
  [
    undefined,
    /^{\n {2}"error" : 401,\n {2}"reason" : "Unauthorized",\n {2}"detail" : ".+",\n {2}"errorCode" : "UNEXPECTED_ERROR"\n}$/,
  ],
  ["no-error-code", /^{\n {2}"error" : 401,\n {2}"reason" : "Unauthorized",\n {2}"detail" : ".+"\n}$/],
  ["empty", /^$/],
] as const)("At first contact the body can be each of those on record: %s", async (challengeBody, body) => {
  const mock = await mockFor({ ...(challengeBody && { challengeBody }) });
  const { status, headers, text } = await ask(mock, "GET", connectionPath);
  expect(status).toBe(401);
  expect(text).toMatch(body);
  expect(headers.get("content-type")).toBe(challengeBody === "empty" ? null : "application/json");
  expect(headers.get("www-authenticate")).toMatch(
    /^Digest realm="MMS Public API", domain="", nonce="[^"]+", algorithm=MD5, qop="auth", stale=false$/,
  );
  expect([headers.get("x-error-code"), headers.get("ratelimit-limit")]).toEqual([null, null]);
});
