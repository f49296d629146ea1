import { setTimeout as realTime } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Mock } from "../../src/index.js";
import { ask, connectionPath, listPath, mockFor, movingClock, msk } from "../helpers.js";

/** What a process in another language does: plain requests. */
async function control(mock: Mock, method: string, name: string, body?: unknown, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(`${mock.url}/_mock/${name}`, {
    method,
    headers,
    ...(text !== undefined && { body: text }),
  });
  const said = await answer.text();
  return { status: answer.status, headers: answer.headers, body: said === "" ? undefined : JSON.parse(said) };
}

const done = { status: 204, body: undefined };

test("It says what there is, where it is and what logs in", async () => {
  const mock = await mockFor();
  for (const path of ["/_mock/", "/_mock"]) {
    const { url, credentials, paths } = (await ask(mock, "GET", path)).body;
    expect([url, credentials]).toEqual([mock.url, mock.credentials]);
    expect(paths).toContain("POST /_mock/reset");
  }
});

test("Another process resets it", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  await ask(mock, "POST", listPath, { body: msk });
  expect(mock.state.save()).toHaveLength(1);
  expect(await control(mock, "POST", "reset")).toMatchObject(done);
  expect([mock.state.save(), mock.requests]).toEqual([[], []]);
});

test("It saves and loads the state", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  await ask(mock, "POST", listPath, { body: msk });
  const { body: state } = await control(mock, "GET", "state");
  expect(state).toEqual(JSON.parse(JSON.stringify(mock.state.save())));
  const other = await mockFor({ auth: "any" });
  expect(await control(other, "PUT", "state", state)).toMatchObject(done);
  expect((await ask(other, "GET", `${listPath}/${state[0]._id}`)).body).toMatchObject(msk);
});

test("A state of ten thousand connections is not too long", async () => {
  const mock = await mockFor({ auth: "any", limits: { rate: false } });
  const arn = (index: number) => `arn:aws:kafka:us-east-1:123456789012:cluster/orders/${"0".repeat(80)}${index}`;
  const many = Array.from({ length: 10_000 }, (_, index) => ({ ...msk, arn: arn(index), state: "DONE" }));
  expect(JSON.stringify(many).length).toBeGreaterThan(2 ** 20);
  expect(await control(mock, "PUT", "state", many)).toMatchObject(done);
});

test("It changes scenario and faults", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  await control(mock, "PUT", "scenario", { created: [{ state: "FAILED", fields: { errorMessage: "No." } }] });
  const made = await ask(mock, "POST", listPath, { body: msk });
  const path = `${listPath}/${made.body._id}`;
  expect((await ask(mock, "GET", path)).body).toMatchObject({ state: "FAILED", errorMessage: "No." });
  await control(mock, "PUT", "faults", [{ fault: "unavailable", method: "GET", nth: 1 }]);
  expect([(await ask(mock, "GET", path)).status, (await ask(mock, "GET", path)).status]).toEqual([503, 200]);
});

test("A seed draws the same faults and ids again", async () => {
  const mock = await mockFor({ auth: "any", connections: [], faults: [{ fault: "unavailable", share: 0.5 }] });
  const draw = async (seed: number) => {
    expect(await control(mock, "PUT", "seed", seed)).toMatchObject(done);
    const statuses = [];
    for (let index = 0; index < 20; index += 1) statuses.push((await ask(mock, "GET", listPath)).status);
    return statuses.join();
  };
  const seven = await draw(7);
  expect(await draw(8)).not.toBe(seven);
  expect(await draw(7)).toBe(seven);
});

test("It sets the clock forward, and what is due by then happens", async () => {
  const scenario = { pace: { ms: 17 * 60_000 } };
  const faults = [{ fault: { kind: "slow" as const, delayMs: 3_600_000 }, method: "DELETE" }];
  const mock = await mockFor({ auth: "any", connections: [], scenario, faults });
  const path = `${listPath}/${(await ask(mock, "POST", listPath, { body: msk })).body._id}`;
  const { body: before } = await control(mock, "GET", "clock");
  const states = [];
  for (let step = 0; step < 3; step += 1) {
    states.push((await ask(mock, "GET", path)).body.state);
    await control(mock, "POST", "clock", { advanceMs: 18 * 60_000 });
  }
  expect(states).toEqual(["IDLE", "WORKING", "DONE"]);
  const { body: after } = await control(mock, "GET", "clock");
  expect(after.now - before.now).toBeGreaterThanOrEqual(54 * 60_000);
  const deletion = ask(mock, "DELETE", path);
  while (mock.requests.at(-1)?.method !== "DELETE") await realTime(5);
  await realTime(20);
  await control(mock, "POST", "clock", { advanceMs: 3_600_000 });
  expect((await deletion).status).toBe(202);
});

test("A clock that the starter holds can be set forward as well", async () => {
  const clock = movingClock();
  const mock = await mockFor({ auth: "any", clock });
  await control(mock, "POST", "clock", { advanceMs: 1000 });
  clock.move(500);
  expect((await control(mock, "GET", "clock")).body).toEqual({ now: Date.UTC(2026, 0, 1) + 1500 });
});

test("Tokens run out when the clock has been set forward, and logins can be forgotten", async () => {
  const mock = await mockFor();
  const { clientId, clientSecret } = mock.credentials.serviceAccount;
  const login = async () => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const { body } = await ask(mock, "POST", "/api/oauth/token", { headers, body: "grant_type=client_credentials" });
    const bearer = { authorization: `Bearer ${body.access_token}` };
    return async () => (await ask(mock, "GET", connectionPath, { headers: bearer })).status;
  };
  const [first, second] = [await login(), await login()];
  expect(await first()).toBe(200);
  await control(mock, "POST", "clock", { advanceMs: 3_601_000 });
  expect(await first()).toBe(401);
  const third = await login();
  await control(mock, "DELETE", "logins");
  expect([await second(), await third()]).toEqual([401, 401]);
});

test("It shows what arrived, and forgets it", async () => {
  const mock = await mockFor({ auth: "any" });
  await ask(mock, "GET", connectionPath);
  const { body } = await control(mock, "GET", "requests");
  expect(body).toMatchObject([{ method: "GET", path: connectionPath, status: 200 }]);
  expect(await control(mock, "DELETE", "requests")).toMatchObject(done);
  expect((await control(mock, "GET", "requests")).body).toEqual([]);
});

test("Nothing of it is a request, meets a fault, or counts for a limit", async () => {
  const faults = [{ fault: "unavailable" as const, credentials: "any" as const }];
  const mock = await mockFor({ faults, limits: { rate: { capacity: 1 } } });
  for (let index = 0; index < 5; index += 1) expect((await control(mock, "GET", "requests")).body).toEqual([]);
});

test.each([
  ["PUT", "faults", [{ fault: "rate-limitd" }], "did you mean"],
  ["PUT", "faults", undefined, "faults must be a list of rules"],
  ["PUT", "scenario", { pase: {} }, "did you mean pace?"],
  ["PUT", "state", [{ stat: "DONE" }], "connections[0].stat is not known"],
  ["PUT", "seed", "seven", "is not JSON"],
  ["PUT", "seed", '"7"', "seed must be a number"],
  ["POST", "clock", { advanceMs: -1 }, "clock.advanceMs must be a number from 0 on"],
  ["POST", "clock", { advance: 1 }, "advanceMs"],
  ["PUT", "faults", "[", "is not JSON"],
])("%s %s with %j is refused in a sentence", async (method, name, body, sentence) => {
  const mock = await mockFor();
  const { status, body: said } = await control(mock, method, name, body);
  expect([status, said.detail]).toEqual([400, expect.stringContaining(sentence)]);
});

test("What there is not is told with what there is", async () => {
  const mock = await mockFor();
  for (const name of ["rest", "__proto__", "constructor", "state/x"])
    expect(await control(mock, "POST", name)).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining("/_mock/reset") },
    });
  const other = await control(mock, "DELETE", "state");
  expect([other.status, other.headers.get("allow")]).toEqual([405, "GET, PUT"]);
});

test("A page in a browser does not control it, unless pages may call", async () => {
  const headers = { origin: "https://evil.example" };
  const mock = await mockFor();
  for (const [method, name] of [
    ["POST", "reset"],
    ["GET", "requests"],
    ["GET", ""],
  ] as const)
    expect((await control(mock, method, name, undefined, headers)).status).toBe(403);
  const open = await mockFor({ cors: true });
  expect((await control(open, "POST", "reset", undefined, headers)).status).toBe(204);
});

test("The API does not know it: a path that only begins like it is one of the service's", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "GET", "/_mocks")).body).toMatchObject({ errorCode: "RESOURCE_NOT_FOUND" });
  expect((await ask(mock, "GET", "/api/_mock/reset")).body).toMatchObject({ errorCode: "RESOURCE_NOT_FOUND" });
});
