import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type FaultRule, type MockConnection, type MockOptions, type Scenario, startMock } from "../../src/index.js";
import { ask, connectionPath, mockFor, newFolder } from "../helpers.js";

const id = "66f0c1d2e3a4b5c6d7e8f901";

/** What a person has written, whatever the types say. */
const sentences: [given: unknown, sentence: string][] = [
  [{ prot: 1 }, "prot is not known; did you mean port?"],
  [{ colour: "red" }, "colour is not known; there are port, host, names, "],
  [{ host: "" }, 'host must be an address, or a name of one, not ""'],
  [{ names: "atlas-mock" }, 'names must be a list of names, not "atlas-mock"'],
  [{ names: ["a b"] }, 'names[0] must be a name such as atlas-mock.test, not "a b"'],
  [{ tls: "yes" }, 'tls must be true or false, not "yes"'],
  [{ cors: 1 }, "cors must be true or false, not 1"],
  [{ onAnswer: true }, "onAnswer must be a function, not true"],
  [{ onAnsered: () => {} }, "onAnsered is not known; did you mean onAnswered?"],
  [{ port: "4010" }, 'port must be a port, from 0 to 65535, not "4010"'],
  [{ port: 65_536 }, "port must be a port, from 0 to 65535, not 65536"],
  [{ port: 1.5 }, "port must be a port, from 0 to 65535, not 1.5"],
  [{ auth: "chek" }, 'auth cannot be "chek"; did you mean "check"?'],
  [{ auth: "none" }, 'auth must be one of "check", "any", not "none"'],
  [{ seed: "one" }, 'seed must be a number, not "one"'],
  [{ clock: { now: () => 0 } }, "clock.schedule is missing"],
  [{ clock: { now: 0, schedule: () => {} } }, "clock.now must be a function, not 0"],
  [{ onAnswered: "log" }, 'onAnswered must be a function, not "log"'],
  [{ keepRequests: -1 }, "keepRequests must be a number from 0 on, not -1"],
  [{ keepRequests: Number.NaN }, "keepRequests must be a number from 0 on, not NaN"],
  [{ challengeBody: "none" }, 'challengeBody must be one of "error-code", "no-error-code", "empty", not "none"'],
  [
    { projects: [id, "my-project"] },
    "projects[1] must be the id of a project, 24 hexadecimal digits in lower case, not ",
  ],
  [{ projects: id }, `projects must be a list of ids, not "${id}"`],
  [{ limits: { tokenLifetime: 1 } }, "limits.tokenLifetime is not known; there are "],
  [{ limits: { livetokens: 1 } }, "limits.livetokens is not known; did you mean liveTokens?"],
  [{ limits: { rate: true } }, "limits.rate must be a rate, or false, not true"],
  [{ limits: { rate: { capacity: 0 } } }, "limits.rate.capacity must be a whole number from 1 on, not 0"],
  [{ limits: { rate: { perMS: 1000 } } }, "limits.rate.perMS is not known; did you mean perMs?"],
  [null, "what was given must be an object with options, not null"],

  [{ scenario: { live: [] } }, "scenario.live is not known; did you mean lives?"],
  [{ scenario: [] }, "scenario must be a scenario, not a list"],
  [{ scenario: { pace: { ms: "x" } } }, 'scenario.pace.ms must be a number from 0 on, not "x"'],
  [{ scenario: { pace: {} } }, "scenario.pace must be { reads } or { ms }, not an object"],
  [{ scenario: { pace: { ms: 1, reads: 1 } } }, "scenario.pace must be { reads } or { ms }, not an object"],
  [{ scenario: { fails: 5 } }, "scenario.fails must be a text, the message of the failure, not 5"],
  [{ scenario: { inUse: "yes" } }, 'scenario.inUse must be true, false, or how many times, not "yes"'],
  [{ scenario: { lives: [{ nth: "2" }] } }, 'scenario.lives[0].nth must be a whole number from 1 on, not "2"'],
  [{ scenario: { lives: [{ nth: [1, 0] }] } }, "scenario.lives[0].nth[1] must be a whole number from 1 on, not 0"],
  [{ scenario: { lives: [{ fail: "x" }] } }, "scenario.lives[0].fail is not known; did you mean fails?"],
  [
    { scenario: { lives: [{ of: { vendr: "MSK" } }] } },
    "scenario.lives[0].of.vendr is not known; did you mean vendor?",
  ],
  [{ scenario: { created: [{ reads: 1 }] } }, "scenario.created[0].state is missing"],
  [{ scenario: { created: [{ stat: "IDLE" }] } }, "scenario.created[0].stat is not known; did you mean state?"],
  [{ scenario: { created: [{ state: 1 }] } }, "scenario.created[0].state must be a state, or null, not 1"],
  [
    { scenario: { created: [{ state: "FAILED", fields: { errorMesage: "" } }] } },
    "scenario.created[0].fields.errorMesage is not known; did you mean errorMessage?",
  ],
  [{ scenario: { created: { state: "DONE" } } }, "scenario.created must be a list of steps, not an object"],

  [{ faults: {} }, "faults must be a list of rules, not an object"],
  [{ faults: [{}] }, "faults[0].fault is missing"],
  [{ faults: [{ falt: "reset" }] }, "faults[0].falt is not known; did you mean fault?"],
  [{ faults: [{ fault: "rate-limitd" }] }, 'faults[0].fault cannot be "rate-limitd"; did you mean "rate-limited"?'],
  [
    { faults: [{ fault: { kind: "rate-limitd" } }] },
    'faults[0].fault.kind cannot be "rate-limitd"; did you mean "rate-limited"?',
  ],
  [{ faults: [{ fault: { knd: "reset" } }] }, "faults[0].fault.knd is not known; did you mean kind?"],
  [{ faults: [{ fault: { kind: "fire" } }] }, 'faults[0].fault.kind must be one of "rate-limited", '],
  [{ faults: [{ fault: "answer" }] }, "faults[0].fault must be one of "],
  [{ faults: [{ fault: { kind: "answer" } }] }, "faults[0].fault.status is missing"],
  [
    { faults: [{ fault: { kind: "answer", status: 1000 } }] },
    "faults[0].fault.status must be a status, from 200 to 999, not 1000",
  ],
  [{ faults: [{ fault: { kind: "answer", status: 100 } }] }, "faults[0].fault.status must be a status"],
  [
    { faults: [{ fault: { kind: "empty", status: "502" } }] },
    'faults[0].fault.status must be a status, from 200 to 999, not "502"',
  ],
  [
    { faults: [{ fault: { kind: "answer", status: 200, headers: { "x-one": "a\r\nb: c" } } }] },
    'faults[0].fault.headers["x-one"] must be a text that a header can hold, in one line, not "a\\r\\nb: c"',
  ],
  [
    { faults: [{ fault: { kind: "answer", status: 200, headers: { "x one": "a" } } }] },
    'faults[0].fault.headers has "x one", which must be the name of a header',
  ],
  [
    { faults: [{ fault: { kind: "answer", status: 200, headers: { "x-one": 1 } } }] },
    'faults[0].fault.headers["x-one"] must be ',
  ],
  [
    { faults: [{ fault: { kind: "answer", status: 200, body: () => 1 } }] },
    "faults[0].fault.body must be a text, bytes, or what JSON can say, not a function",
  ],
  [{ faults: [{ fault: { kind: "bytes", bytes: 5 } }] }, "faults[0].fault.bytes must be a text, or bytes, not 5"],
  [{ faults: [{ fault: { kind: "slow", delayMs: -1 } }] }, "faults[0].fault.delayMs must be "],
  [{ faults: [{ fault: { kind: "slow", delayMs: 2 ** 31 } }] }, "faults[0].fault.delayMs must be "],
  [{ faults: [{ fault: { kind: "slow", delay: 1 } }] }, "faults[0].fault.delay is not known; "],
  [
    { faults: [{ fault: { kind: "reset", when: "inbody" } }] },
    'faults[0].fault.when cannot be "inbody"; did you mean "in-body"?',
  ],
  [
    { faults: [{ fault: { kind: "rate-limited", retryAfterSeconds: "1" } }] },
    "faults[0].fault.retryAfterSeconds must be a whole number of seconds",
  ],
  [
    { faults: [{ fault: { kind: "rate-limited", header: "second" } }] },
    'faults[0].fault.header cannot be "second"; did you mean "seconds"?',
  ],
  [{ faults: [{ fault: "reset", share: 5 }] }, "faults[0].share must be a number from 0 to 1, not 5"],
  [{ faults: [{ fault: "reset", share: "5%" }] }, 'faults[0].share must be a number from 0 to 1, not "5%"'],
  [{ faults: [{ fault: "reset", nth: "2" }] }, 'faults[0].nth must be a whole number from 1 on, not "2"'],
  [{ faults: [{ fault: "reset", nth: 0 }] }, "faults[0].nth must be a whole number from 1 on, not 0"],
  [{ faults: [{ fault: "reset", method: "GTE" }] }, 'faults[0].method cannot be "GTE"; did you mean "GET"?'],
  [
    { faults: [{ fault: "reset", operationId: "getGroupStreamPrivateLinkConection" }] },
    'faults[0].operationId cannot be "getGroupStreamPrivateLinkConection"; did you mean "getGroupStreamPrivateLinkConnection"?',
  ],
  [{ faults: [{ fault: "reset", operationId: "nothing" }] }, "faults[0].operationId must be one of "],
  [
    { faults: [{ fault: "reset", credentials: "bad" }] },
    'faults[0].credentials must be one of "good", "any", not "bad"',
  ],
  [{ faults: [{ fault: "reset", done: "true" }] }, 'faults[0].done must be true or false, not "true"'],
  [{ faults: [{ fault: "reset", path: /x/ }] }, "faults[0].path must be a text, not an object"],

  [{ connections: {} }, "connections must be a list of connections, not an object"],
  [{ connections: [null] }, "connections[0] must be a connection, not null"],
  [{ connections: [{ provider: "AWS", stat: "DONE" }] }, "connections[0].stat is not known; did you mean state?"],
  [{ connections: [{ provider: "AWS", groupid: id }] }, "connections[0].groupid is not known; did you mean groupId?"],
  [{ connections: [{ provider: "AWS", groupId: "x" }] }, "connections[0].groupId must be the id of a project"],
  [{ connections: [{ provider: "AWS", life: [{}] }] }, "connections[0].life[0].state is missing"],
  [{ connections: [{ vendor: "MSK" }] }, "connections[0] is not one that the service could give: "],
  [
    { connections: [{ provider: "AWS", groupId: "a".repeat(24) }], projects: [id] },
    `connections[0].groupId is ${"a".repeat(24)}, which is not among the projects`,
  ],
  [
    { connections: [{ _id: id, provider: "AWS" }, { provider: "AWS" }, { _id: id, groupId: id, provider: "AWS" }] },
    `connections[2]._id is ${id}, as that of connections[0] is`,
  ],

  [{ description: "/no/such.yaml" }, 'description is "/no/such.yaml", which cannot be read: ENOENT: '],
];

test.each(sentences)("%j is told in one sentence: %s", async (given, sentence) => {
  const error = await startMock(given as MockOptions).then(
    (mock) => mock.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TypeError);
  const { message } = error as TypeError;
  expect(message.slice(0, sentence.length)).toBe(sentence);
  expect(message).not.toContain("\n");
});

test("Projects may have connections of the same id", async () => {
  const given = [id, "a".repeat(24)].map((groupId) => ({ _id: id, groupId, provider: "AWS" }));
  const mock = await mockFor({ auth: "any", connections: given });
  for (const { groupId } of given)
    expect(
      (await ask(mock, "GET", `/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections/${id}`)).status,
    ).toBe(200);
});

test("A description that could not be read can be mended without a new process", async () => {
  const description = join(newFolder(), "description.yaml");
  await expect(startMock({ description })).rejects.toThrow("cannot be read");
  writeFileSync(description, "openapi: 3.1.0\ninfo: { title: none, version: '1' }\npaths: {}\n");
  await (await startMock({ description })).stop();
});

test("What is set while the mock runs is held against the same, and nothing changes if it is refused", async () => {
  const mock = await mockFor({ auth: "any", faults: [{ fault: "unavailable" }] });
  expect(() => mock.setFaults([{ fault: "resett" }] as unknown as FaultRule[])).toThrow('did you mean "reset"?');
  expect(() => mock.setScenario({ inuse: true } as unknown as Scenario)).toThrow("did you mean inUse?");
  await expect(mock.state.load([null] as unknown as MockConnection[])).rejects.toThrow("connections[0] must be ");
  expect((await ask(mock, "GET", connectionPath)).status).toBe(503);
});

test("What the types allow is taken", async () => {
  const mock = await mockFor({
    auth: "any",
    limits: { liveTokens: Infinity, tokenRequestsPerMinute: Infinity, rate: { capacity: 10 } },
    scenario: { pace: { ms: Infinity }, lives: [{ of: { vendor: "MSK", dnsDomain: null }, nth: [1, 3], inUse: 2 }] },
    faults: [
      {
        fault: {
          kind: "answer",
          status: 200,
          headers: { "set-cookie": ["a=1", "b=2"], "x-empty": "" },
          body: new Uint8Array(2),
        },
        nth: [7],
      },
      { fault: { kind: "bytes", bytes: Buffer.from("x") }, share: 0, method: "get" },
      { fault: { kind: "answer", status: 999, body: null }, share: 0 },
    ],
    connections: [
      {
        provider: "AWS",
        life: [
          { state: null, reads: 0 },
          { state: "NEWER", ms: 0.5 },
        ],
      },
    ],
    keepRequests: Infinity,
  });
  mock.setFaults([]);
  mock.setScenario({});
  await mock.state.load(JSON.parse(JSON.stringify(mock.state.save())));
});
