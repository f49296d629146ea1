import { check, equal, isHonestError, rejection } from "./check.mjs";
import { body, groupId } from "./place.mjs";

const connectionId = "32b6e34b3d91647abb20e7b8";
const one = { groupId, connectionId };

/**
 * What a create rejects with at a place that cannot be reached. A login by digest sends nothing before the call itself.
 * @param {import("./place.mjs").Place} place @param {string} baseUrl @param {object} [options]
 */
function createdAt({ connect, kinds }, baseUrl, options) {
  const kind = kinds.includes("digest") ? "digest" : "a service account";
  return rejection(connect(kind, { baseUrl, ...options }).privateLinkConnections.create({ groupId, body }));
}

/**
 * A failure in which nothing can have left: said to be so where the runtime says enough, and never said otherwise.
 * @param {import("./place.mjs").Failure} failure @param {(place: import("./place.mjs").Place) => string} where
 * @returns {import("./run.mjs").Case}
 */
function neverLeaves(failure, where) {
  return async (place) => {
    const { tells, fetchTells } = place.runtime;
    const ways = /** @type {const} */ ([
      [{}, tells],
      [
        { fetch: (/** @type {string} */ url, /** @type {RequestInit} */ init) => fetch(url, init) },
        fetchTells.includes(failure),
      ],
    ]);
    for (const [options, unsent] of ways) {
      const error = await createdAt(place, where(place), options);
      isHonestError(error, { code: "CONNECTION", method: "POST", unsent }, place);
      check(error.message.includes(unsent ? "could not be sent" : "broke off"), `It says «${error.message}».`);
      check(error.message.includes("Check the base URL"), `«${error.message}» does not say what to do`);
    }
  };
}

/**
 * What calls reject with where the mock inflicts a fault upon the API.
 * @param {import("./place.mjs").Place} place @param {unknown} fault @param {object} [options] @param {object} [rule]
 */
async function callsUnder({ connect, control }, fault, options, rule) {
  const { privateLinkConnections: connections } = connect("a service account", options);
  const { _id: madeId = "" } = await connections.create({ groupId, body }, { timeoutMs: 5000 });
  await control("PUT", "faults", [{ fault, path: "/api/atlas/", ...rule }]);
  return {
    read: () => connections.get({ groupId, connectionId: madeId }),
    create: () => connections.create({ groupId, body: { ...body, arn: `${body.arn}1` } }),
    arrived: async () => (await arrivals(control)).length,
  };
}

/** @param {import("./place.mjs").Place["control"]} control */
async function arrivals(control) {
  const requests = await control("GET", "requests");
  return requests.filter((/** @type {any} */ { method, path }) => method === "POST" && path.startsWith("/api/atlas/"));
}

const retry = { attempts: 3, baseDelayMs: 1, maxDelayMs: 2 };

/** @type {import("./run.mjs").Cases} */
export const network = {
  "a connection that is refused never left": neverLeaves("refused", ({ closedUrl }) => closedUrl),
  "a call to a host that has no address never left": neverLeaves("no address", () => "https://nowhere.invalid"),
  "a call past a certificate that nobody known has signed never left": neverLeaves(
    "certificate",
    ({ tlsUrl }) => tlsUrl,
  ),
  "a call to plain HTTP where TLS is due never left": neverLeaves("no TLS", ({ url }) =>
    url.replace("http:", "https:"),
  ),
  "a call that is reset in the handshake of TLS never left": neverLeaves("reset", ({ rudeUrl }) => rudeUrl),
  "a call that is not connected in time never left": async (place) => {
    const error = await createdAt(place, place.silentUrl, { timeoutMs: 300 });
    isHonestError(error, { code: "TIMEOUT", unsent: place.runtime.tells }, place);
  },
  "a read whose connection is reset is sent again": async (place) => {
    const { read } = await callsUnder(place, "reset", { retry }, { nth: 1, method: "GET" });
    equal((await read()).provider, "AWS", "what is read at last");
  },
  "a write whose connection is reset is not sent again, and may have left": async (place) => {
    const { create, arrived } = await callsUnder(place, "reset", { retry });
    const error = await rejection(create());
    isHonestError(error, { code: "CONNECTION", unsent: false }, place);
    equal(await arrived(), 2, "how many creates arrived");
  },
  "an answer that is reset in its body has broken off": async (place) => {
    const { read } = await callsUnder(place, { kind: "reset", when: "in-body" });
    const error = await rejection(read());
    isHonestError(error, { code: "CONNECTION", status: 200, unsent: false }, place);
    check(error.message.includes("answered 200 and broke off"), `It says «${error.message}».`);
  },
  "an answer that is shorter than its length has broken off": async (place) => {
    const { read } = await callsUnder(place, "truncated");
    isHonestError(await rejection(read()), { code: "CONNECTION", status: 200, unsent: false }, place);
  },
  "bytes that are no HTTP are no answer": async (place) => {
    const { read } = await callsUnder(place, { kind: "bytes", bytes: "nonsense\r\n\r\n" });
    isHonestError(await rejection(read()), { code: "CONNECTION", unsent: false }, place);
  },
  "an answer that does not come is a TimeoutError": async (place) => {
    const { read } = await callsUnder(place, "stalled", { timeoutMs: 150 });
    isHonestError(await rejection(read()), { code: "TIMEOUT", unsent: false }, place);
  },
  "an answer that stops in its body is a TimeoutError": async (place) => {
    const { read } = await callsUnder(place, { kind: "stalled", when: "in-body" }, { timeoutMs: 150 });
    isHonestError(await rejection(read()), { code: "TIMEOUT", unsent: false }, place);
  },
  "a write that is not answered in time may have taken effect": async (place) => {
    const { create } = await callsUnder(place, "stalled", { timeoutMs: 150, retry });
    const error = await rejection(create());
    isHonestError(error, { code: "TIMEOUT", unsent: false }, place);
    check(error.message.includes("not known"), `It says «${error.message}».`);
  },
  "a deadline ends a call with its repetitions": async (place) => {
    const many = { attempts: 50, baseDelayMs: 100, maxDelayMs: 100 };
    const { read } = await callsUnder(place, "unavailable", { deadlineMs: 400, retry: many });
    const before = Date.now();
    const { code } = await rejection(read());
    check(["TIMEOUT", "SERVER"].includes(code), `It ends with ${code}.`);
    check(Date.now() - before < 2000, "It does not end.");
  },
  "a call that is aborted rejects with the reason": async ({ connect, control }) => {
    await control("PUT", "faults", [{ fault: "stalled", path: "/api/atlas/" }]);
    const abort = new AbortController();
    const call = rejection(connect().privateLinkConnections.get(one, { signal: abort.signal }));
    setTimeout(() => abort.abort("changed my mind"), 100);
    equal(await call, "changed my mind", "the reason");
  },
};
