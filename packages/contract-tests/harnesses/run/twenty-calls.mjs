// Twenty calls, and how each of them has to end wherever it is made. The mock is told by the project what to do.
import * as client from "@atlas-streams/client";

const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/0123abcd";
const body = { provider: "AWS", vendor: "MSK", arn };
const connectionId = "0123456789abcdef01234567";
const project = (digit) => digit.repeat(24);
const one = (digit) => ({ groupId: project(digit), connectionId });

/** The faults of the mock, by project. */
export const faults = [
  { path: project("b"), nth: 1, fault: "unavailable" },
  { path: project("c"), nth: 1, fault: { kind: "rate-limited", retryAfterSeconds: 1 } },
  { path: project("d"), fault: "reset" },
  { path: project("e"), fault: "stalled" },
  { path: project("f"), fault: { kind: "html", status: 200 } },
  { path: project("1"), fault: { kind: "answer", status: 403, body: { error: 403, errorCode: "USER_UNAUTHORIZED" } } },
  { path: project("2"), fault: { kind: "reset", when: "in-body" } },
  { path: project("3"), fault: "unavailable" },
];

/** Each call by what it does, and what comes of it: `describe` puts that into words. */
const calls = {
  "a create gives an id": async ({ own, memory }) => {
    memory.made = await own.create({ groupId: project("a"), body });
    return /^[0-9a-f]{24}$/.test(memory.made._id);
  },
  "a wait ends when it is done": async ({ own, memory }) => {
    const named = { groupId: project("a"), connectionId: memory.made._id };
    return (await own.waitUntilDone(named, { intervalMs: 20 })).state;
  },
  "a read finds it": async ({ own, memory }) =>
    (await own.get({ groupId: project("a"), connectionId: memory.made._id })).state,
  "a read in an envelope gives the same": async ({ own, memory }) =>
    (await own.get({ groupId: project("a"), connectionId: memory.made._id, envelope: true })).state,
  "a list has it": async ({ own }) => {
    const listed = [];
    for await (const { vendor } of own.list({ groupId: project("a") })) listed.push(vendor);
    return listed;
  },
  "a second create adopts it": async ({ own, memory }) =>
    (await own.createOrAdopt({ groupId: project("a"), body }))._id === memory.made._id,
  "raw gives data and a Response": async ({ atlas }) => {
    const path = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
    const { data, response } = await atlas.raw.GET(path, { params: { path: { groupId: project("a") } } });
    return [data.totalCount, response.status];
  },
  "an API key logs in, too": async ({ byKey }) => (await byKey.listPage({ groupId: project("a") })).totalCount,
  "a delete is waited for": async ({ own, memory }) => {
    const named = { groupId: project("a"), connectionId: memory.made._id };
    await own.delete(named);
    return (await own.waitUntilDeleted(named, { intervalMs: 20 })) ?? "gone";
  },
  "what is not there is not found": ({ own }) => own.get(one("a")),
  "a malformed id is refused": ({ own }) => own.get({ groupId: "nonsense", connectionId }),
  "a read is repeated after a 503": async ({ own }) => (await own.listPage({ groupId: project("b") })).totalCount,
  "a create is repeated after a 429": async ({ own }) =>
    /^[0-9a-f]{24}$/.test((await own.create({ groupId: project("c"), body }))._id),
  "a create whose connection broke is not": ({ own }) => own.create({ groupId: project("d"), body }),
  "a read that breaks off in the body fails": ({ own }) => own.listPage({ groupId: project("2") }, { retry: false }),
  "a read that is not answered is out of time": ({ own }) => own.get(one("e"), { timeoutMs: 1500, retry: false }),
  "an abort ends a call with its reason": async ({ own }) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort("no longer wanted"), 50);
    return own.get(one("e"), { signal: abort.signal }).catch((reason) => reason);
  },
  "a page for people is no answer": ({ own }) => own.get(one("f")),
  "what is forbidden is said to be": ({ own }) => own.get(one("1")),
  "a server that is not there was sent nothing": ({ nowhere }) => nowhere.create({ groupId: project("a"), body }),
};

export const expected = {
  "a create gives an id": "true",
  "a wait ends when it is done": '"DONE"',
  "a read finds it": '"DONE"',
  "a read in an envelope gives the same": '"DONE"',
  "a list has it": '["MSK"]',
  "a second create adopts it": "true",
  "raw gives data and a Response": "[1,200]",
  "an API key logs in, too": "1",
  "a delete is waited for": '"gone"',
  "what is not there is not found": "NotFoundError NOT_FOUND 404",
  "a malformed id is refused": "InvalidArgumentError INVALID_ARGUMENT",
  "a read is repeated after a 503": "0",
  "a create is repeated after a 429": "true",
  "a create whose connection broke is not": "ConnectionError CONNECTION sent",
  "a read that breaks off in the body fails": "ConnectionError CONNECTION 200 sent",
  "a read that is not answered is out of time": "TimeoutError TIMEOUT sent",
  "an abort ends a call with its reason": '"no longer wanted"',
  "a page for people is no answer": "UnexpectedResponseError UNEXPECTED_RESPONSE 200",
  "what is forbidden is said to be": "PermissionError PERMISSION 403",
  "a server that is not there was sent nothing": "ConnectionError CONNECTION unsent",
};

/** What differs from what has to be, a sentence each. `options` are those of the clients. */
export async function complaintsOf(options = {}) {
  const { url, closedUrl, credentials } = JSON.parse(process.env.TWENTY_CALLS);
  const connect = (auth, baseUrl = url) => client.createClient({ auth, baseUrl, ...options });
  const atlas = connect(client.serviceAccount(credentials.serviceAccount));
  const own = atlas.privateLinkConnections;
  const byKey = connect(client.digest(credentials.digest)).privateLinkConnections;
  const nowhere = connect(client.digest(credentials.digest), closedUrl).privateLinkConnections;
  const place = { atlas, own, byKey, nowhere, memory: {} };
  const complaints = [];
  for (const [title, call] of Object.entries(calls)) {
    const end = await endOf(async () => call(place));
    if (end !== expected[title]) complaints.push(`${title}: it ends in ${end}, not in ${expected[title]}`);
  }
  await atlas.close();
  return complaints;
}

async function endOf(call) {
  try {
    return JSON.stringify(await call());
  } catch (error) {
    if (!client.isAtlasError(error) || !(error instanceof client.AtlasError))
      return `a stranger: ${error?.stack ?? error}`;
    const { name, code, status, unsent } = error;
    const sending = unsent === undefined ? undefined : unsent ? "unsent" : "sent";
    return [name, code, status, sending].filter((part) => part !== undefined).join(" ");
  }
}
