// One process of a fleet: begins many calls at once, with a token that it shares through Valkey. "dies" ends it, as by
// a power cut, while it fetches the token.
import { createClient, serviceAccount } from "@atlas-streams/client";
import { clients } from "./valkey-clients.mjs";

const [, , storeModule, kind = "", url = "", baseUrl = "", account = "{}", groupId = "", lockMs, fate] = process.argv;
const { valkeyTokenStore } = await import(storeModule);
const { send, end } = await clients[kind](url);
const store = valkeyTokenStore(send, { lockMs: Number(lockMs) });
const fetch = fate === "dies" ? () => process.kill(process.pid, "SIGKILL") : undefined;
const auth = serviceAccount({ ...JSON.parse(account), store });
const atlas = createClient({ auth, baseUrl, retry: false, ...(fetch && { fetch }) });
await Promise.all(Array.from({ length: 5 }, () => atlas.privateLinkConnections.listPage({ groupId })));
end();
