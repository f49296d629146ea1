// Who is compared, and how each is used: as its own documentation says.
// Each is imported where it is opened, so that a process pays for the one that it uses.
import { getGroupStreamPrivateLinkConnection } from "@atlas-streams/types";

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
      const { default: openapiFetch } = await import("openapi-fetch");
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
      const { default: DigestClient } = await import("digest-fetch");
      const client = new DigestClient(site.publicKey, site.privateKey);
      const url = urlOf(site);
      return async () => (await client.fetch(url, { headers: { accept, "user-agent": userAgent } })).json();
    },
  },
  {
    name: "mongodb-atlas-api-client",
    login: "digest",
    async open({ url, publicKey, privateKey, groupId, connectionId }) {
      const { default: createAtlasApiClient } = await import("mongodb-atlas-api-client");
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
      const { ApiClient, ClientCredentialsAuthProvider } = await import("@mongodb-js/mcp-atlas-api-client");
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
  ours("ours, service account", "token", {}),
  ours("ours, digest", "digest", {}),
  ours("ours, service account, over fetch", "token", { fetch: globalThis.fetch }),
  ours("ours, digest, over fetch", "digest", { fetch: globalThis.fetch }),
];

/**
 * @param {string} name
 * @param {"digest" | "token"} login
 * @param {import("@atlas-streams/client").ClientOptions} options
 * @returns {Contestant}
 */
function ours(name, login, options) {
  return {
    name,
    login,
    async open({ url, clientId, clientSecret, publicKey, privateKey, groupId, connectionId }) {
      const { createClient, digest, serviceAccount } = await import("@atlas-streams/client");
      const auth = login === "token" ? serviceAccount({ clientId, clientSecret }) : digest({ publicKey, privateKey });
      const atlas = createClient({ baseUrl: url, auth, userAgent, ...options });
      return () => atlas.privateLinkConnections.get({ groupId, connectionId });
    },
  };
}
