// Does one thing in one project after the other, and prints how many bytes each project has left behind.
import { createClient, serviceAccount } from "@atlas-streams/client";
import { bytesLeftBehind } from "../../../bytes-left-behind.mjs";

const [, , way] = process.argv;
const idOf = (number) => number.toString(16).padStart(24, "0");
const token = { access_token: "a-token-of-some-length", expires_in: 3600, token_type: "Bearer" };
const account = serviceAccount({ clientId: "mdb_sa_id_growth", clientSecret: "mdb_sa_sk_growth" });
const lasting = new AbortController(); // lives as long as the client

/** The service: whoever asks for a connection finds it done, unless the way is one that fails. */
async function fetch(url) {
  if (String(url).includes("/oauth/")) return Response.json(token);
  if (way === "refused") return Response.json({ error: 401, errorCode: "USER_UNAUTHORIZED" }, { status: 401 });
  if (way === "given up") return Response.json({ error: 503 }, { status: 503 });
  return Response.json({ _id: idOf(1), provider: "AWS", state: way === "aborted" ? "IDLE" : "DONE" });
}

const { privateLinkConnections } = createClient({ auth: account, baseUrl: "http://127.0.0.1:1", fetch, retry: false });

async function visit(number) {
  const parameters = { groupId: idOf(number), connectionId: idOf(1) };
  const abort = new AbortController();
  const options = {
    done: { signal: lasting.signal },
    aborted: { signal: abort.signal, onProgress: () => abort.abort() },
    "given up": { timeoutMs: 1 },
    misspelt: { intervalMs: 0 },
    refused: {},
  }[way];
  await privateLinkConnections.waitUntilDone(parameters, options).catch(() => {});
}

const bytes = await bytesLeftBehind(visit, { before: 1000, projects: 4000 });
console.log(JSON.stringify({ bytes }));
