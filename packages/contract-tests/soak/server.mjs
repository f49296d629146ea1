// A service in its own process that fails 5 % of what it is asked, in mixed ways, and keeps a ledger of what it did.
import { createServer } from "node:http";

const failing = Number(process.argv[2] ?? 0.05);
const basic = /^Basic /;
const challenge =
  'Digest realm="MMS Public API", nonce="a-nonce-that-lasts-for-the-soak", algorithm=MD5, qop="auth", stale=false';

/** What was done with each call, in order, a letter each; the letters are those of `faults`, and G for good. */
const ledger = new Map();
let tokens = 0;
let challenges = 0;

const faults = {
  /** 503 with the service's body */
  U: (_request, response) =>
    json(response, 503, { error: 503, errorCode: "SERVICE_UNAVAILABLE", detail: "Later.", parameters: [] }),
  /** 502 with nothing */
  E: (_request, response) => response.writeHead(502).end(),
  /** a login page that says 200 */
  H: (_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html>Please sign in</html>"),
  /** a reset */
  R: (request) => request.socket.resetAndDestroy(),
  /** half a body */
  T(request, response) {
    response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
    response.write('{"_id":"');
    response.on("close", () => request.socket.destroy());
    setImmediate(() => request.socket.end());
  },
  /** 429 */
  L: (_request, response) =>
    json(response, 429, { error: 429, errorCode: "RATE_LIMITED", detail: "Slower." }, { "retry-after": "0" }),
};
const letters = Object.keys(faults);

/** The same faults each time (mulberry32). */
let state = 20_260_801;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

function json(response, status, body, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function serve(request, response) {
  const { method, url, headers } = request;
  if (url === "/ledger") return json(response, 200, { ledger: [...ledger], tokens, challenges });
  if (basic.test(headers.authorization))
    return json(response, 200, { access_token: `token-${++tokens}-of-the-soak`, expires_in: 3600 });
  if (!headers.authorization) {
    challenges++;
    return response.writeHead(401, { "www-authenticate": challenge }).end();
  }
  const call = headers["x-call"];
  const letter = random() < failing ? letters[Math.floor(random() * letters.length)] : "G";
  ledger.set(call, (ledger.get(call) ?? "") + letter);
  if (letter !== "G") return faults[letter](request, response);
  if (method === "DELETE") return response.writeHead(202).end();
  json(response, 200, { _id: call, provider: "AWS", vendor: "MSK", state: "DONE", region: "us-east-1" });
}

const server = createServer((request, response) => {
  request.resume().on("end", () => serve(request, response));
});
// Closing an idle connection by itself would be a failure that is in no ledger.
server.keepAliveTimeout = 0;
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit());
