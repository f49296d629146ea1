import { equal, isHonestError, isInstance, rejection } from "./check.mjs";
import { body, groupId } from "./place.mjs";

const connectionId = "32b6e34b3d91647abb20e7b8";
const one = { groupId, connectionId };

/**
 * What a call rejects with where the mock answers with a fault.
 * @param {import("./place.mjs").Place} place @param {unknown} fault @param {object} [options]
 */
async function answeredBy({ connect, control }, fault, options) {
  await control("PUT", "faults", [{ fault, path: "/api/atlas/" }]);
  return rejection(connect("a service account", options).privateLinkConnections.get(one));
}

/** @type {import("./run.mjs").Cases} */
export const errors = {
  "a connection that there is none of is a NotFoundError": async (place) => {
    for (const kind of place.kinds) {
      const error = await rejection(place.connect(kind).privateLinkConnections.get(one));
      isInstance(error, place.NotFoundError);
      isHonestError(error, { code: "NOT_FOUND", status: 404, method: "GET" }, place);
    }
  },
  "what the service finds wrong with a body is told by field": async (place) => {
    const wrong = /** @type {any} */ ({ ...body, arn: "arn:aws:s3:::not-a-cluster" });
    const error = await rejection(place.connect().privateLinkConnections.create({ groupId, body: wrong }));
    isHonestError(error, { code: "API", status: 400 }, place);
    equal(error.badRequestDetail?.fields?.[0]?.field, "arn", "the field");
  },
  "a 429 says how long to wait": async (place) => {
    const error = await answeredBy(place, { kind: "rate-limited", retryAfterSeconds: 7 });
    isHonestError(error, { code: "RATE_LIMIT", status: 429, retryAfterMs: 7000 }, place);
  },
  "a 503 is a ServerError": async (place) => {
    isHonestError(await answeredBy(place, "unavailable"), { code: "SERVER", status: 503 }, place);
  },
  "a page for people is no answer": async (place) => {
    const error = await answeredBy(place, { kind: "html", status: 200 });
    isHonestError(error, { code: "UNEXPECTED_RESPONSE", status: 200 }, place);
  },
  "a redirect is told and not followed": async (place) => {
    const headers = { location: `${place.url}/api/atlas/v2/elsewhere` };
    const error = await answeredBy(place, { kind: "answer", status: 302, headers });
    isHonestError(error, { code: "UNEXPECTED_RESPONSE", status: 302 }, place);
    equal(
      (await place.calls()).filter(({ path }) => path.endsWith("/elsewhere")).length,
      0,
      "how often it was followed",
    );
  },
  "an answer without a body is none": async (place) => {
    const error = await answeredBy(place, { kind: "empty", status: 200 });
    isHonestError(error, { code: "UNEXPECTED_RESPONSE", status: 200 }, place);
  },
  "an answer that is cut where only its JSON shows it is none": async (place) => {
    const { privateLinkConnections: connections } = place.connect();
    const { _id: madeId = "" } = await connections.create({ groupId, body });
    await place.control("PUT", "faults", [{ fault: { kind: "truncated", length: "half" }, method: "GET" }]);
    const error = await rejection(connections.get({ groupId, connectionId: madeId }));
    isHonestError(error, { code: "UNEXPECTED_RESPONSE", status: 200 }, place);
  },
  "an answer that is larger than it may be is refused": async (place) => {
    const fault = { kind: "answer", status: 200, body: "x".repeat(5000) };
    isHonestError(await answeredBy(place, fault, { maxAnswerBytes: 1000 }), { code: "UNEXPECTED_RESPONSE" }, place);
  },
  "a malformed id is refused before anything is sent": async (place) => {
    const call = place.connect().privateLinkConnections.get({ groupId: "nonsense", connectionId });
    isHonestError(await rejection(call), { code: "INVALID_ARGUMENT" }, place);
    equal((await place.control("GET", "requests")).length, 0, "how much was sent");
  },
  "a wait whose connection fails is a WaitFailedError": async (place) => {
    await place.control("PUT", "scenario", { lives: [{ fails: "No such cluster." }] });
    const { privateLinkConnections: connections } = place.connect();
    const { _id: madeId = "" } = await connections.create({ groupId, body });
    const error = await rejection(connections.waitUntilDone({ groupId, connectionId: madeId }, { intervalMs: 10 }));
    isInstance(error, place.WaitFailedError);
    equal(error.errorMessage, "No such cluster.", "why it failed");
  },
};
