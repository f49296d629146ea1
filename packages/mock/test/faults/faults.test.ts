import { expect, test } from "vitest";
import { ask, askForToken, connectionPath, digestHeader, freshNonce, listPath, mockFor, msk } from "../helpers.js";

/** The statuses of some requests, one after the other. */
async function statuses(mock: { readonly url: string }, count: number, path = connectionPath): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) seen.push((await ask(mock, "GET", path)).status);
  return seen;
}

test("A rule without conditions strikes every time", async () => {
  const mock = await mockFor({ auth: "any", faults: [{ fault: "unavailable" }] });
  expect(await statuses(mock, 3)).toEqual([503, 503, 503]);
});

test("A rule strikes the requests whose turn it is, counted among those that fit", async () => {
  const mock = await mockFor({
    auth: "any",
    faults: [{ fault: "unavailable", operationId: "getGroupStreamPrivateLinkConnection", nth: [1, 3] }],
  });
  expect(await statuses(mock, 1, listPath)).toEqual([200]);
  expect(await statuses(mock, 4)).toEqual([503, 200, 503, 200]);
});

test("Rules are told apart by method and by path", async () => {
  const mock = await mockFor({
    auth: "any",
    faults: [
      { fault: "unavailable", method: "POST" },
      { fault: "empty", path: "envelope=true" },
    ],
  });
  expect((await ask(mock, "POST", listPath, { body: msk })).status).toBe(503);
  expect(await statuses(mock, 1)).toEqual([200]);
  expect(await statuses(mock, 1, `${connectionPath}?envelope=true`)).toEqual([502]);
});

test("The first rule that strikes decides, and each counts for itself", async () => {
  const mock = await mockFor({
    auth: "any",
    faults: [
      { fault: "unavailable", nth: 1 },
      { fault: "empty", nth: [1, 2] },
    ],
  });
  expect(await statuses(mock, 3)).toEqual([503, 502, 200]);
});

test("A share of requests is struck, the same ones for the same seed", async () => {
  const faults = [{ fault: "unavailable", share: 0.3 }] as const;
  const draws = await Promise.all(
    [1, 1, 2].map(async (seed) => statuses(await mockFor({ auth: "any", seed, faults }), 100)),
  );
  const struck = draws[0]?.filter((status) => status === 503).length;
  expect(struck).toBeGreaterThan(15);
  expect(struck).toBeLessThan(45);
  expect(draws[1]).toEqual(draws[0]);
  expect(draws[2]).not.toEqual(draws[0]);
});

test("The request that fetches a digest challenge neither meets a fault nor counts", async () => {
  const mock = await mockFor({ faults: [{ fault: "unavailable", nth: 1 }] });
  const nonce = await freshNonce(mock);
  const send = (count: number) =>
    ask(mock, "GET", connectionPath, {
      headers: { authorization: digestHeader(mock, { path: connectionPath, nonce, count }) },
    });
  expect([(await send(1)).status, (await send(2)).status]).toEqual([503, 200]);
});

test("A fault can strike whoever comes, and the token endpoint", async () => {
  const mock = await mockFor({ faults: [{ fault: "html", credentials: "any", nth: 1 }] });
  expect((await ask(mock, "GET", connectionPath)).status).toBe(503);
  mock.setFaults([{ fault: "rate-limited", operationId: "createToken", nth: 1 }]);
  const limited = await askForToken(mock);
  expect([limited.status, limited.headers.get("retry-after"), limited.body.errorCode]).toEqual([
    429,
    "1",
    "RATE_LIMITED",
  ]);
  expect((await askForToken(mock)).status).toBe(200);
});

test("Nothing is done before most faults, and the deed is done before them if a rule says so", async () => {
  const mock = await mockFor({ auth: "any", connections: [], faults: [{ fault: "reset", method: "POST" }] });
  await expect(ask(mock, "POST", listPath, { body: msk })).rejects.toThrow();
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBe(0);
  mock.setFaults([{ fault: "reset", method: "POST", done: true }]);
  await expect(ask(mock, "POST", listPath, { body: msk })).rejects.toThrow();
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBe(1);
});
