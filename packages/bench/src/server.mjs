// The server that everybody is measured against, in a process of its own. It keeps a ledger of what arrived.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createToken, getGroupStreamPrivateLinkConnection } from "@atlas-streams/types";

/**
 * What arrived since the ledger was last asked for.
 * @typedef {{ requests: number, tokenRequests: number, refused: number, countsUsedTwice: number, connections: number }} Ledger
 */

/**
 * Where the server is, and what logs in.
 * @typedef {{ url: string, groupId: string, connectionId: string, token: string, publicKey: string, privateKey: string, clientId: string, clientSecret: string, endlessId: string }} Site
 */

const { components } = createRequire(import.meta.url)("@atlas-streams/spec/openapi.json");
const connection = JSON.stringify(components.examples["aws-msk"].value);

const realm = "MMS Public API";
const site = {
  groupId: components.parameters.groupId.example,
  connectionId: components.parameters.connectionId.example,
  token: randomBytes(32).toString("base64url"),
  publicKey: "abcdefgh",
  privateKey: "00000000-0000-4000-8000-000000000000",
  clientId: "mdb_sa_id_000000000000000000000000",
  clientSecret: "mdb_sa_sk_opens-nothing-but-a-benchmark",
  /** The connection whose answer never ends. */
  endlessId: "f".repeat(24),
};

/** @type {Map<string, Set<string>>} */
const countsOfNonce = new Map();
const tokens = new Set([site.token]);
/** @type {Ledger} */
let ledger = { requests: 0, tokenRequests: 0, refused: 0, countsUsedTwice: 0, connections: 0 };

/** What the service sends beside, as recorded from a development system: reading them is part of a call. */
const recordedHeaders = {
  "Referrer-Policy": "strict-origin-when-cross-origin",
  Server: "mdbws",
  "Strict-Transport-Security": "max-age=31536000; includeSubdomains;",
  "X-Content-Type-Options": "nosniff",
  "X-Envoy-Upstream-Service-Time": "70",
  "X-Frame-Options": "DENY",
  "X-Java-Method": "ApiStreamsResource::getPrivateLinkConnection",
  "X-Java-Version": "17.0.15+6",
  "X-Mongodb-Service-Version": "gitHash=0000000000000000000000000000000000000000; versionString=master",
  "X-Permitted-Cross-Domain-Policies": "none",
};

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const { status, headers, body } = answer(request);
    ledger.requests++;
    if (status === 200 && request.url?.includes(site.endlessId)) return answerForEver(response, headers);
    if (status === 401) ledger.refused++;
    response.writeHead(status, { ...recordedHeaders, "Content-Length": Buffer.byteLength(body), ...headers }).end(body);
  });
});
let openConnections = 0;
server.on("connection", (socket) => {
  ledger.connections = Math.max(ledger.connections, ++openConnections);
  socket.on("close", () => openConnections--);
});
server.keepAliveTimeout = 60_000; // a connection that ends between two batches would count as somebody's cost
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.({ ...site, url: `http://127.0.0.1:${address?.port}` });
});

process.on("message", () => {
  process.send?.(ledger);
  ledger = emptyLedger();
});
process.on("disconnect", () => process.exit());

/** @returns {Ledger} */
function emptyLedger() {
  return { requests: 0, tokenRequests: 0, refused: 0, countsUsedTwice: 0, connections: openConnections };
}

/** @param {import("node:http").IncomingMessage} request */
function answer({ method = "", url = "", headers: { authorization = "" } }) {
  if (url === createToken.path) return issueToken();
  if (tokens.has(authorization.replace(/^Bearer /, "")) || isDigestRight(method, url, authorization)) {
    return { status: 200, headers: { "Content-Type": getGroupStreamPrivateLinkConnection.accept }, body: connection };
  }
  const nonce = randomBytes(18).toString("base64");
  countsOfNonce.set(nonce, new Set());
  const challenge = `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=false`;
  return { status: 401, headers: { "Content-Type": "application/json", "WWW-Authenticate": challenge }, body: "{}" };
}

/**
 * Writes for as long as somebody reads.
 * @param {import("node:http").ServerResponse} response
 * @param {import("node:http").OutgoingHttpHeaders} headers
 */
function answerForEver(response, headers) {
  const chunk = Buffer.alloc(1024 ** 2, " ");
  response.writeHead(200, headers);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}

function issueToken() {
  ledger.tokenRequests++;
  const token = randomBytes(32).toString("base64url");
  tokens.add(token);
  return {
    status: 200,
    headers: { "Content-Type": createToken.accept },
    body: JSON.stringify({ access_token: token, expires_in: 3600, token_type: "Bearer" }),
  };
}

/**
 * Lenient: a nonce count that was used before is written down, not refused.
 * @param {string} method
 * @param {string} url
 * @param {string} authorization
 */
function isDigestRight(method, url, authorization) {
  const pairs = authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]*))/g);
  const given = Object.fromEntries(Array.from(pairs, ([, name, quoted, bare]) => [name, quoted ?? bare]));
  const { nonce = "", nc = "", cnonce, uri, response } = given;
  const counts = countsOfNonce.get(nonce);
  const secret = md5(`${site.publicKey}:${realm}:${site.privateKey}`);
  if (!counts || uri !== url) return false;
  if (response !== md5([secret, nonce, nc, cnonce, "auth", md5(`${method}:${uri}`)].join(":"))) return false;
  if (counts.has(nc)) ledger.countsUsedTwice++;
  counts.add(nc);
  return true;
}

/** @param {string} text */
function md5(text) {
  return createHash("md5").update(text).digest("hex");
}
