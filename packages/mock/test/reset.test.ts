import { expect, test } from "vitest";
import { type Mock, type MockOptions, startMock } from "../src/index.js";
import { ask, askForToken, connectionPath, listPath, mockFor, msk } from "./helpers.js";

const failing = { lives: [{ of: { vendor: "MSK" }, nth: 1, created: [{ state: "FAILED" }] }] };

async function make(mock: Mock, name = "1") {
  const { body } = await ask(mock, "POST", listPath, { body: { ...msk, arn: `${msk.arn}/${name}` } });
  return `${listPath}/${body._id}`;
}

async function stateOf(mock: Mock, path: string) {
  return (await ask(mock, "GET", path)).body.state;
}

test.each<[string, MockOptions]>([
  ["with given connections", { connections: [{ ...msk, _id: "a".repeat(24), state: "DONE" }] }],
  ["with the description's examples", {}],
])("A reset brings back what there was at first, %s", async (_, options) => {
  const mock = await mockFor({ auth: "any", ...options, scenario: failing });
  const before = (await ask(mock, "GET", listPath)).text;
  const first = await make(mock);
  await ask(mock, "DELETE", first);
  await mock.state.load([]);
  mock.setScenario({});
  mock.setFaults([{ fault: "unavailable" }]);
  const { requests } = mock;
  await mock.reset();
  expect(requests).toEqual([]);
  expect(mock.requests).toBe(requests);
  const again = await ask(mock, "GET", listPath);
  expect(again.text).toBe(before);
  expect(again.headers.get("ratelimit-remaining")).toBe("1199");
  expect(mock.requests).toHaveLength(1);
  const made = await make(mock);
  expect(made).toBe(first);
  expect(await stateOf(mock, made)).toBe("FAILED");
});

test("A reset lets faults and lives count from one again, and those of the start hold", async () => {
  const mock = await mockFor({ auth: "any", faults: [{ fault: "unavailable", nth: 1 }], scenario: failing });
  for (let round = 0; round < 2; round += 1) {
    expect((await ask(mock, "GET", listPath)).status).toBe(503);
    expect(await stateOf(mock, await make(mock))).toBe("FAILED");
    expect(await stateOf(mock, await make(mock, "2"))).toBe("IDLE");
    await mock.reset();
  }
});

test("After a reset a token is still good, and does not count any more", async () => {
  const mock = await mockFor({ limits: { liveTokens: 1, tokenRequestsPerMinute: 2 } });
  const { body } = await askForToken(mock);
  expect((await askForToken(mock)).status).toBe(403);
  expect((await askForToken(mock)).status).toBe(429);
  await mock.reset();
  const authorization = `Bearer ${body.access_token}`;
  expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(200);
  expect((await askForToken(mock)).status).toBe(200);
  mock.state.forgetLogins();
  expect((await ask(mock, "GET", connectionPath, { headers: { authorization } })).status).toBe(401);
});

test("Loading other connections lets the lives count from one again", async () => {
  const mock = await mockFor({ auth: "any", scenario: failing });
  await make(mock);
  await mock.state.load([]);
  expect(await stateOf(mock, await make(mock))).toBe("FAILED");
});

test("A new scenario holds for all that begins from then on", async () => {
  const mock = await mockFor({ auth: "any" });
  const path = await make(mock);
  expect(await stateOf(mock, path)).toBe("IDLE");
  mock.setScenario({ inUse: 1, deleted: [{ state: "DELETING" }], created: [{ state: "DONE" }] });
  expect(await stateOf(mock, path)).toBe("WORKING");
  expect(await stateOf(mock, await make(mock, "2"))).toBe("DONE");
  expect((await ask(mock, "DELETE", path)).body.errorCode).toBe("STREAM_PRIVATE_LINK_IN_USE");
  expect((await ask(mock, "DELETE", path)).status).toBe(202);
  for (let count = 0; count < 3; count += 1) expect(await stateOf(mock, path)).toBe("DELETING");
});

test("A mock ends with the block that it was made in", async () => {
  let url = "";
  {
    await using mock = await startMock({ auth: "any" });
    url = mock.url;
    expect((await fetch(url)).status).toBe(404);
  }
  await expect(fetch(url)).rejects.toThrow();
});
