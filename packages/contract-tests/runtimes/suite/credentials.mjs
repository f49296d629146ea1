import { check, equal, isHonestError, rejection } from "./check.mjs";
import { groupId } from "./place.mjs";

/** @param {import("./place.mjs").Place} place @param {string} path */
async function requestsTo({ control }, path) {
  const requests = await control("GET", "requests");
  return requests.filter((/** @type {any} */ request) => request.path === path);
}

/** A variable, so that no bundler follows it to where there are no files. */
const fileStore = "./file-store.mjs";
const tokenPath = "/api/oauth/token";

/** @type {import("./run.mjs").Cases} */
export const credentials = {
  "fifty calls at once of a service account cost one token": async (place) => {
    const { privateLinkConnections } = place.connect();
    await Promise.all(Array.from({ length: 50 }, () => privateLinkConnections.listPage({ groupId })));
    equal((await requestsTo(place, tokenPath)).length, 1, "how many tokens were asked for");
  },
  "a token that has been ended is replaced": async (place) => {
    const atlas = place.connect();
    await atlas.privateLinkConnections.listPage({ groupId });
    await place.control("DELETE", "logins");
    equal((await atlas.privateLinkConnections.listPage({ groupId })).totalCount, 0, "the total");
    equal((await requestsTo(place, tokenPath)).length, 2, "how many tokens were asked for");
  },
  "closing gives the token back": async (place) => {
    const atlas = place.connect();
    await atlas.privateLinkConnections.listPage({ groupId });
    await atlas.close();
    equal((await requestsTo(place, "/api/oauth/revoke")).length, 1, "how many tokens were revoked");
  },
  "a wrong secret is a CredentialError that does not show it": async (place) => {
    const clientSecret = "mdb_sa_sk_wrong-and-secret-all-the-same";
    const auth = place.serviceAccount({ ...place.credentials.serviceAccount, clientSecret });
    const error = await rejection(
      place.connect("a service account", { auth }).privateLinkConnections.listPage({ groupId }),
    );
    isHonestError(error, { code: "CREDENTIAL", status: 401 }, { ...place, secrets: [...place.secrets, clientSecret] });
  },
  "an API key meets one challenge for fifty calls, or says what the runtime lacks": async (place) => {
    const { privateLinkConnections } = place.connect("digest");
    if (!place.runtime.hash) {
      const error = await rejection(privateLinkConnections.listPage({ groupId }));
      isHonestError(error, { code: "CREDENTIAL" }, place);
      check(error.message.includes("MD5"), `It says «${error.message}».`);
      equal((await place.calls()).length, 0, "how many calls were sent");
      return;
    }
    await Promise.all(Array.from({ length: 50 }, () => privateLinkConnections.listPage({ groupId })));
    equal((await place.calls()).length, 51, "how many requests there were");
  },
  "a wrong private key is an AuthenticationError that does not show it": async (place) => {
    if (!place.runtime.hash) return;
    const privateKey = "00000000-1111-4222-8333-444444444444";
    const auth = place.digest({ ...place.credentials.digest, privateKey });
    const error = await rejection(place.connect("digest", { auth }).privateLinkConnections.listPage({ groupId }));
    isHonestError(error, { code: "AUTHENTICATION", status: 401 }, { ...place, secrets: [privateKey] });
  },
  "credentials come from the environment, and where there is none that is said": async (place) => {
    const { process } = /** @type {{ process?: { env: Record<string, string> } }} */ (globalThis);
    if (place.runtime.environment && process) {
      process.env.MONGODB_ATLAS_CLIENT_ID = place.credentials.serviceAccount.clientId;
      process.env.MONGODB_ATLAS_CLIENT_SECRET = place.credentials.serviceAccount.clientSecret;
      process.env.MONGODB_ATLAS_BASE_URL = place.url;
      equal((await place.createClient().privateLinkConnections.listPage({ groupId })).totalCount, 0, "the total");
      for (const name of ["CLIENT_ID", "CLIENT_SECRET", "BASE_URL"]) delete process.env[`MONGODB_ATLAS_${name}`];
    }
    const error = await rejection(Promise.resolve().then(() => place.createClient()));
    isHonestError(error, { code: "INVALID_ARGUMENT" }, place);
    check(error.message.startsWith("There are no credentials"), `It says «${error.message}».`);
  },
  "a token is kept in a file where there are files": async (place) => {
    if (!place.runtime.files) return;
    const { inFolder } = await import(fileStore);
    /** @param {import("@atlas-streams/client").TokenStore} store */
    const list = (store) => {
      const auth = place.serviceAccount({ ...place.credentials.serviceAccount, store });
      return place.connect("a service account", { auth }).privateLinkConnections.listPage({ groupId });
    };
    await inFolder(list, list);
    equal((await requestsTo(place, tokenPath)).length, 1, "how many tokens were asked for");
  },
};
