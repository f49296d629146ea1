// Who is compared, and how each is used: as its own documentation says.
import { createClient, digest, serviceAccount } from "@atlas-streams/client";
import { getGroupStreamPrivateLinkConnection } from "@atlas-streams/types";
import { ApiClient, ClientCredentialsAuthProvider } from "@mongodb-js/mcp-atlas-api-client";
import DigestClient from "digest-fetch";
import createAtlasApiClient from "mongodb-atlas-api-client";
import openapiFetch from "openapi-fetch";

/**
 * `open` makes a client that has sent nothing yet, and gives the function that reads one object with it.
 * @typedef {{ name: string, login: "digest" | "token" | "none", open: (site: import("./server.mjs").Site) => Promise<() => Promise<unknown>> }} Contestant
 */

const userAgent = "atlas-streams-bench";
const { path, accept } = getGroupStreamPrivateLinkConnection;

/** @param {import("./server.mjs").Site} site */
const urlOf = ({ url, groupId, connectionId }) =>
  url +
  path.replace("{groupId}", encodeURIComponent(groupId)).replace("{connectionId}", encodeURIComponent(connectionId));

/**
 * Ids into a URL and a token into a header, as whoever calls `fetch` has to.
 * @param {import("./server.mjs").Site} site
 * @param {() => RequestInit} more
 */
async function openFetch(site, more) {
  return async () => {
    const headers = { accept, authorization: `Bearer ${site.token}`, "user-agent": userAgent };
    return (await fetch(urlOf(site), { headers, ...more() })).json();
  };
}

/** @type {Contestant} */
export const bareFetch = { name: "fetch", login: "none", open: (site) => openFetch(site, () => ({})) };

/** The least that somebody who does not want to wait for ever writes by hand. */
const fetchInTime = {
  ...bareFetch,
  name: "fetch, with a timeout",
  open: (/** @type {import("./server.mjs").Site} */ site) =>
    openFetch(site, () => ({ signal: AbortSignal.timeout(30_000) })),
};

/** @type {Contestant[]} */
export const contestants = [
  bareFetch,
  fetchInTime,
  {
    name: "openapi-fetch",
    login: "none",
    async open({ url, token, groupId, connectionId }) {
      const headers = { accept, authorization: `Bearer ${token}`, "user-agent": userAgent };
      const client = openapiFetch({ baseUrl: url, headers });
      const params = { path: { groupId, connectionId } };
      return async () =>
        (await client.request("get", /** @type {never} */ (path), /** @type {never} */ ({ params }))).data;
    },
  },
  {
    name: "digest-fetch",
    login: "digest",
    async open(site) {
      const client = new DigestClient(site.publicKey, site.privateKey);
      const url = urlOf(site);
      return async () => (await client.fetch(url, { headers: { accept, "user-agent": userAgent } })).json();
    },
  },
  {
    name: "mongodb-atlas-api-client",
    login: "digest",
    async open({ url, publicKey, privateKey, groupId, connectionId }) {
      // Its declarations speak of a default export that its CommonJS module does not have.
      const create = /** @type {typeof createAtlasApiClient.default} */ (/** @type {unknown} */ (createAtlasApiClient));
      const client = create({ publicKey, privateKey, baseUrl: `${url}/api/atlas/v1.0`, projectId: groupId });
      return () => client.cluster.get(connectionId); // it has no Private Link: another resource, the same bytes
    },
  },
  {
    name: "mcp-atlas-api-client",
    login: "token",
    async open({ url, clientId, clientSecret, groupId, connectionId }) {
      const logger = /** @type {never} */ ({ error() {}, debug() {} }); // it reports what fails, and nothing may
      // For a token it insists on https://; its own option `httpClient` brings that one request to this server.
      const tokenFetch = (/** @type {unknown} */ input, /** @type {RequestInit | undefined} */ init) =>
        fetch(String(input).replace("https:", "http:"), init);
      const authProvider = new ClientCredentialsAuthProvider(
        {
          baseUrl: url.replace("http:", "https:"),
          userAgent,
          clientId,
          clientSecret,
          httpClient: { fetch: tokenFetch, Request },
        },
        logger,
      );
      const client = new ApiClient({
        options: { baseUrl: url, userAgent, httpClient: { fetch, Request } },
        logger,
        authProvider,
      });
      const params = { path: { groupId, connectionId } };
      return () => client.getPrivateLinkConnection({ params });
    },
  },
  {
    name: "ours, service account",
    login: "token",
    async open({ url, clientId, clientSecret, groupId, connectionId }) {
      const atlas = createClient({ baseUrl: url, auth: serviceAccount({ clientId, clientSecret }), userAgent });
      return () => atlas.privateLinkConnections.get({ groupId, connectionId });
    },
  },
  {
    name: "ours, digest",
    login: "digest",
    async open({ url, publicKey, privateKey, groupId, connectionId }) {
      const atlas = createClient({ baseUrl: url, auth: digest({ publicKey, privateKey }), userAgent });
      return () => atlas.privateLinkConnections.get({ groupId, connectionId });
    },
  },
];
