// Where the cases run: the client under test, the servers, and what the runtime is said to have.
import * as client from "@atlas-streams/client";

/**
 * What the process beside it serves.
 * @typedef {object} Servers
 * @property {string} url the mock
 * @property {string} tlsUrl a mock over TLS, whose authority nobody here knows
 * @property {string} compressedUrl the mock, its answers compressed
 * @property {string} closedUrl a port at which nobody listens
 * @property {string} silentUrl a port that says nothing in the handshake of TLS
 * @property {string} rudeUrl a port that resets the connection in the handshake of TLS
 * @property {{ digest: { publicKey: string, privateKey: string }, serviceAccount: { clientId: string, clientSecret: string } }} credentials
 */

/**
 * What a runtime has: where it has not, the client has to say so.
 * @typedef {object} Runtime
 * @property {string} agent how it is called in `User-Agent`
 * @property {boolean} hash MD5
 * @property {boolean} channels diagnostics channels
 * @property {boolean} environment `process.env`
 * @property {boolean} files a file system
 * @property {boolean} tells how far a request got
 * @property {readonly Failure[]} fetchTells of which failures its `fetch` says that nothing was sent
 */

/** @typedef {Awaited<ReturnType<typeof makePlace>>} Place */
/** @typedef {"a service account" | "digest"} Kind */
/** @typedef {"refused" | "no address" | "certificate" | "no TLS" | "reset"} Failure a request that never left */

export const groupId = "32b6e34b3d91647abb20e7b8";
export const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/0123abcd";
export const body = /** @type {const} */ ({ provider: "AWS", vendor: "MSK", arn });

/** @param {Servers} servers @param {Runtime} runtime */
export async function makePlace(servers, runtime) {
  const { credentials, url } = servers;
  const kinds = /** @type {Kind[]} */ (["a service account", ...(runtime.hash ? ["digest"] : [])]);

  /**
   * Changes the mock, or asks it something.
   * @param {string} method @param {string} name @param {unknown} [json]
   * @returns {Promise<any>} whatever JSON there is
   */
  async function control(method, name, json) {
    const init = { method, headers: { "content-type": "application/json" } };
    const answer = await fetch(
      `${url}/_mock/${name}`,
      json === undefined ? init : { ...init, body: JSON.stringify(json) },
    );
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The mock answered ${answer.status} to ${method} ${name}: ${text}`);
    return text && JSON.parse(text);
  }

  /** @param {Kind} kind */
  function authOf(kind) {
    return kind === "digest" ? client.digest(credentials.digest) : client.serviceAccount(credentials.serviceAccount);
  }

  return {
    ...client,
    ...servers,
    runtime,
    kinds,
    groupId,
    secrets: [credentials.digest.privateKey, credentials.serviceAccount.clientSecret],
    control,
    /**
     * A client of the mock, which sends each call once unless it is told otherwise.
     * @param {Kind} [kind] @param {import("@atlas-streams/client").ClientOptions} [options]
     */
    connect: (kind = "a service account", options = {}) =>
      client.createClient({ baseUrl: url, auth: authOf(kind), retry: false, ...options }),
    /** The requests for the API that were let in. @returns {Promise<any[]>} */
    async calls() {
      const requests = await control("GET", "requests");
      return requests.filter((/** @type {any} */ { path }) => path.startsWith("/api/atlas/"));
    },
  };
}
