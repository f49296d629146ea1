import { check, equal, isInstance } from "./check.mjs";
import { body, groupId } from "./place.mjs";

const intervalMs = 20;
const template = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";

/** @param {import("./place.mjs").Place} place @param {import("./place.mjs").Kind} kind @param {object} [options] */
async function liveOneLife({ connect, control, NotFoundError }, kind, options) {
  await control("PUT", "scenario", { pace: { ms: 30 } });
  const atlas = connect(kind, options);
  const { privateLinkConnections: connections } = atlas;
  const { _id: connectionId = "" } = await connections.create({ groupId, body });
  const one = { groupId, connectionId };
  equal((await connections.waitUntilDone(one, { intervalMs })).state, "DONE", "what it ends in");
  const listed = [];
  for await (const connection of connections.list({ groupId })) listed.push(connection._id);
  equal(listed, [connectionId], "what is listed");
  await connections.delete(one);
  await connections.waitUntilDeleted(one, { intervalMs });
  const error = await connections.get(one).catch((/** @type {unknown} */ reason) => reason);
  isInstance(error, NotFoundError);
  await atlas.close();
}

/** @type {import("./run.mjs").Cases} */
export const operations = {
  "a connection lives a whole life for each kind of credentials": async (place) => {
    for (const kind of place.kinds) {
      await place.control("PUT", "state", []);
      await liveOneLife(place, kind);
    }
  },
  "a connection lives a whole life over a fetch that is given": async (place) => {
    const given = { fetch: (/** @type {string} */ url, /** @type {RequestInit} */ init) => fetch(url, init) };
    for (const kind of place.kinds) {
      await place.control("PUT", "state", []);
      await liveOneLife(place, kind, given);
    }
  },
  "a list is fetched page by page": async ({ connect }) => {
    const atlas = connect();
    const made = [];
    for (let at = 0; at < 5; at++) {
      const { _id } = await atlas.privateLinkConnections.create({
        groupId,
        body: { ...body, arn: `${body.arn}${at}` },
      });
      made.push(_id);
    }
    const listed = [];
    for await (const { _id } of atlas.privateLinkConnections.list({ groupId, itemsPerPage: 2 })) listed.push(_id);
    equal(listed.sort(), made.sort(), "what is listed");
  },
  "an envelope gives the same object as none": async ({ connect }) => {
    const { privateLinkConnections: connections } = connect();
    const { _id: connectionId = "" } = await connections.create({ groupId, body });
    const [bare, enveloped] = [
      await connections.get({ groupId, connectionId }),
      await connections.get({ groupId, connectionId, envelope: true }),
    ];
    equal({ ...enveloped, state: bare.state }, bare, "what was in the envelope");
  },
  "a raw call gives data and the platform's Response": async ({ connect }) => {
    const { data, error, response } = await connect().raw.GET(template, { params: { path: { groupId } } });
    equal(error, undefined, "the error");
    equal(data?.totalCount, 0, "the total");
    check(response instanceof Response && response.status === 200, "It has no Response of the platform's.");
  },
  "a middleware sees the platform's Request and Response": async ({ connect }) => {
    const atlas = connect();
    /** @type {unknown[]} */
    const seen = [];
    atlas.raw.use({
      onRequest: ({ request }) => void seen.push(request instanceof Request, request.method),
      onResponse: ({ response }) => void seen.push(response instanceof Response, response.status),
    });
    await atlas.privateLinkConnections.create({ groupId, body });
    equal(seen, [true, "POST", true, 200], "what the middleware saw");
  },
  "workspaces are made, changed and removed": async ({ connect, NotFoundError }) => {
    const { streamWorkspaces } = connect();
    await streamWorkspaces.create({
      groupId,
      body: { name: "orders", dataProcessRegion: { cloudProvider: "AWS", region: "VIRGINIA_USA" } },
    });
    const tenantName = "orders";
    equal((await streamWorkspaces.get({ groupId, tenantName })).name, "orders", "the name");
    await streamWorkspaces.delete({ groupId, tenantName });
    const error = await streamWorkspaces.get({ groupId, tenantName }).catch((/** @type {unknown} */ reason) => reason);
    isInstance(error, NotFoundError);
  },
  "an answer that is compressed is read": async ({ connect, compressedUrl }) => {
    const page = await connect("a service account", { baseUrl: compressedUrl }).privateLinkConnections.listPage({
      groupId,
    });
    equal(page.totalCount, 0, "the total");
  },
  "a hundred calls at once all come home": async ({ connect }) => {
    const { privateLinkConnections } = connect();
    const pages = await Promise.all(Array.from({ length: 100 }, () => privateLinkConnections.listPage({ groupId })));
    equal(
      pages.map(({ totalCount }) => totalCount),
      Array.from({ length: 100 }, () => 0),
      "the totals",
    );
  },
};
