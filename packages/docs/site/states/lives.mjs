// What becomes of a connection, and what the waits make of it: seen by asking the mock.
import { createClient, NotFoundError, serviceAccount, WaitFailedError, WaitTimeoutError } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
import { groupBy } from "../group-by.mjs";
import { description } from "../http/description.mjs";

/** @typedef {{ from: string, to: string, by: string[] }} Change what brings a change of state about: a call, or an empty word where it comes by itself */
/** @typedef {"resolves" | "throws" | "throws later" | "waits on"} Ending */

/** @type {Record<string, string>} */
export const meanings = description.components.schemas.ConnectionState["x-state-meaning"];

/** A connection that can be updated and deleted, and how the service is asked for it. */
const groupId = String(description.components.parameters.groupId.example);
const body = description.components.examples["create-aws-confluent-dedicated"].value;

/**
 * Every change of state that there is in a connection's life, and what brings it about.
 * @returns {Promise<Change[]>}
 */
export async function changes() {
  const { dnsDomain: _, ...withoutDomain } = body;
  const good = await Promise.all([live({}, body, ["delete"]), live({}, withoutDomain, ["update"])]);
  const bad = await live({ fails: "No such endpoint." }, body, ["delete"]);
  const same = groupBy([...good.flat(), ...bad], ({ from, to }) => `${from} ${to}`);
  return [...same.values()].flatMap(([first, ...rest]) => {
    if (!first) return [];
    return [{ ...first, by: [...new Set([first, ...rest].flatMap(({ by }) => by))].sort() }];
  });
}

/**
 * @param {import("@atlas-streams/mock").Scenario} scenario
 * @param {typeof body} made
 * @param {("update" | "delete")[]} acts
 */
async function live(scenario, made, acts) {
  const mock = await startMock({ connections: [], scenario });
  try {
    const atlas = createClient({ baseUrl: mock.url, auth: serviceAccount(mock.credentials.serviceAccount) });
    const { _id: connectionId } = await atlas.privateLinkConnections.create({ groupId, body: made });
    const id = { groupId, connectionId };
    const seen = await states(atlas, id, "", "create");
    for (const act of acts) {
      if (act === "delete") await atlas.privateLinkConnections.delete(id);
      else await atlas.privateLinkConnections.update({ ...id, body: { dnsDomain: body.dnsDomain } });
      seen.push(...(await states(atlas, id, seen.at(-1)?.to ?? "", act)));
    }
    return seen;
  } finally {
    await mock.stop();
  }
}

/**
 * Reads a connection until its state stays as it is.
 * @param {import("@atlas-streams/client").AtlasClient} atlas
 * @param {{ groupId: string, connectionId: string }} id
 * @param {string} before
 * @param {string} act what set it going
 */
async function states(atlas, id, before, act) {
  /** @type {Change[]} */
  const seen = [];
  for (let from = before; ; ) {
    const to = await stateOf(atlas, id);
    if (to === from && seen.length > 0) return seen;
    if (to !== from) seen.push({ from, to, by: [seen.length === 0 ? act : ""] });
    if (to === "") return seen;
    from = to;
  }
}

/**
 * A connection's state; empty where there is none any more.
 * @param {import("@atlas-streams/client").AtlasClient} atlas
 * @param {{ groupId: string, connectionId: string }} id
 */
async function stateOf(atlas, id) {
  try {
    return (await atlas.privateLinkConnections.get(id)).state ?? "";
  } catch (error) {
    if (error instanceof NotFoundError) return "";
    throw error;
  }
}

/**
 * How each wait ends where a connection stays in one state for good, by the state.
 * @returns {Promise<Map<string, { done: Ending, deleted: Ending }>>}
 */
export async function endings() {
  const connections = Object.keys(meanings).map((state, index) => ({
    ...description.components.examples["aws-s3"].value,
    _id: String(index).padStart(24, "0"),
    state,
  }));
  const mock = await startMock({ connections });
  try {
    const { privateLinkConnections } = createClient({
      baseUrl: mock.url,
      auth: serviceAccount(mock.credentials.serviceAccount),
    });
    await privateLinkConnections.listPage({ groupId }); // the first answer takes the mock longer
    const entries = connections.map(async ({ _id: connectionId, state }) => {
      const id = { groupId, connectionId };
      const done = ending((options) => privateLinkConnections.waitUntilDone(id, options));
      const deleted = ending((options) => privateLinkConnections.waitUntilDeleted(id, options));
      return /** @type {const} */ ([state, { done: await done, deleted: await deleted }]);
    });
    return new Map(await Promise.all(entries));
  } finally {
    await mock.stop();
  }
}

/**
 * @param {(options: import("@atlas-streams/client").WaitOptions) => Promise<unknown>} wait
 * @returns {Promise<Ending>}
 */
async function ending(wait) {
  let looks = 0;
  try {
    await wait({ intervalMs: 50, timeoutMs: 4000, onProgress: () => void looks++ });
    return "resolves";
  } catch (error) {
    if (error instanceof WaitTimeoutError) return "waits on";
    if (error instanceof WaitFailedError) return looks > 1 ? "throws later" : "throws";
    throw error;
  }
}
