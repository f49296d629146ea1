import { expect, test } from "vitest";
import { ask, basic, connectionPath, freshNonce, listPath, mockFor, movingClock } from "./helpers.js";

const otherList = listPath.replace("32b6e34b3d91647abb20e7b8", "32b6e34b3d91647abb20e7b9");

test("Each request takes one out of its project's bucket, whatever its answer", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const left = async (method: string, path: string) => {
    const { headers } = await ask(mock, method, path);
    return [headers.get("ratelimit-limit"), headers.get("ratelimit-remaining")];
  };
  expect(await left("GET", listPath)).toEqual(["1200", "1199"]);
  expect(await left("GET", connectionPath)).toEqual(["1200", "1198"]); // 404
  expect(await left("GET", `${listPath}?pageNum=x`)).toEqual(["1200", "1197"]); // 400
  expect(await left("DELETE", connectionPath)).toEqual(["1200", "1196"]);
  expect(await left("GET", otherList)).toEqual(["1200", "1199"]);
});

test("What is not let in takes nothing, and is told nothing", async () => {
  const mock = await mockFor();
  const nonce = await freshNonce(mock);
  const { headers } = await ask(mock, "GET", connectionPath);
  expect([nonce !== "", headers.get("ratelimit-limit")]).toEqual([true, null]);
  const token = await ask(mock, "POST", "/api/oauth/token", {
    headers: { authorization: basic(mock), "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  expect(token.headers.get("ratelimit-limit")).toBeNull();
  const authorization = `Bearer ${token.body.access_token}`;
  const first = await ask(mock, "GET", connectionPath, { headers: { authorization } });
  expect(first.headers.get("ratelimit-remaining")).toBe("1199");
});

test("An empty bucket is answered with the wait, and is filled by the mock's clock", async () => {
  const clock = movingClock();
  const mock = await mockFor({ auth: "any", clock, limits: { rate: { capacity: 3, refill: 2, perMs: 60_000 } } });
  for (let count = 0; count < 3; count += 1) expect((await ask(mock, "GET", listPath)).status).toBe(200);
  clock.move(5000);
  const { status, headers, body } = await ask(mock, "GET", listPath);
  const path = listPath.slice(1);
  expect([
    status,
    headers.get("retry-after"),
    headers.get("ratelimit-limit"),
    headers.get("ratelimit-remaining"),
  ]).toEqual([429, "55", "3", "0"]);
  expect(headers.get("x-error-code")).toBe("RATE_LIMITED_TOKEN_BUCKET");
  expect(body).toEqual({
    error: 429,
    errorCode: "RATE_LIMITED_TOKEN_BUCKET",
    reason: "Too Many Requests",
    detail: `Rate limit exceeded for ${path}. Please retry after 55 seconds. Request capacity: 3. Refill rate: 2 per 60 seconds.`,
    parameters: [path, 55, 3, 2, 60],
  });
  clock.move(54_999);
  expect((await ask(mock, "GET", listPath)).status).toBe(429);
  clock.move(1);
  expect((await ask(mock, "GET", listPath)).headers.get("ratelimit-remaining")).toBe("1");
  expect((await ask(mock, "GET", listPath)).status).toBe(200);
  expect((await ask(mock, "GET", listPath)).status).toBe(429);
  clock.move(600_000);
  expect((await ask(mock, "GET", listPath)).headers.get("ratelimit-remaining")).toBe("2");
});

test("With the service's figures request 1,201 of a minute is one too many, and 500 more come a minute later", async () => {
  const clock = movingClock();
  const mock = await mockFor({ auth: "any", clock });
  for (let count = 0; count < 1200; count += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(mock, "GET", connectionPath)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  }
  expect(await ask(mock, "GET", connectionPath)).toMatchObject({
    status: 429,
    body: { parameters: [expect.anything(), 60, 1200, 500, 60] },
  });
  clock.move(60_000);
  expect((await ask(mock, "GET", connectionPath)).headers.get("ratelimit-remaining")).toBe("499");
});

test("What is left out of a rate is the service's, and false switches it off", async () => {
  const small = await mockFor({ auth: "any", limits: { rate: { capacity: 1 } } });
  await ask(small, "GET", listPath);
  expect((await ask(small, "GET", listPath)).body.parameters.slice(2)).toEqual([1, 500, 60]);
  const off = await mockFor({ auth: "any", limits: { rate: false } });
  const { status, headers } = await ask(off, "GET", listPath);
  expect([status, headers.get("ratelimit-limit"), headers.get("ratelimit-remaining")]).toEqual([200, null, null]);
});
