// Makes a call in one project after the other, and prints how many bytes each project has left behind.
import { subscribe } from "node:diagnostics_channel";
import { createClient, digest, serviceAccount } from "@atlas-streams/client";
import { bytesLeftBehind } from "../bytes-left-behind.mjs";

const [, , way] = process.argv;
const idOf = (number) => number.toString(16).padStart(24, "0");
const lasting = new AbortController(); // lives as long as the client
let lateMs = 0;
let asked = 0;

const refusal = (status, headers = {}) => Response.json({ error: status }, { status, headers });
const page = (headers = {}) => Response.json({ results: [], totalCount: 0 }, { headers });
const challenge = () => `Digest realm="MMS Public API", nonce="nonce-${asked}", algorithm=MD5, qop="auth", stale=true`;

/** What the service answers each project's call. */
const answers = {
  challenged: ({ authorization = "" }) =>
    authorization.includes(`nonce-${asked - 1}"`) ? page() : refusal(401, { "www-authenticate": challenge() }),
  refused: () => refusal(401),
  limited: () => refusal(429, { "retry-after": "5" }),
  near: () => page({ "ratelimit-limit": "1200", "ratelimit-remaining": "3" }),
  deprecated: () => page({ deprecation: "Wed, 01 Feb 2023 00:00:00 GMT" }),
  signalled: () => page(),
  broken: () => {
    throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
  },
};

async function fetch(url, { headers }) {
  if (url.includes("/oauth/")) return Response.json({ access_token: `token-${asked}`, expires_in: 3600 });
  asked++;
  return answers[way](headers);
}

const options = { clientId: "mdb_sa_id_growth", clientSecret: "mdb_sa_sk_growth" };
const auth = way === "challenged" ? digest({ publicKey: "a", privateKey: "b" }) : serviceAccount(options);
const clock = {
  now: () => Date.now() + lateMs,
  monotonic: () => Math.floor(performance.now()) + lateMs,
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
const atlas = createClient({
  auth,
  baseUrl: "http://127.0.0.1:1",
  fetch: way === "unsent" ? undefined : fetch,
  retry: false,
  clock,
});
subscribe("atlas-streams:deprecation", () => {});

const visit = (number) =>
  atlas.privateLinkConnections.listPage({ groupId: idOf(number) }, { signal: lasting.signal }).catch(() => {});

const bytes = await bytesLeftBehind(visit, {
  before: 500,
  projects: 2000,
  settle() {
    lateMs += 3_600_000; // what is only remembered for a while is forgotten by the call after it
    return visit(0);
  },
});
console.log(JSON.stringify({ bytes, asked }));
