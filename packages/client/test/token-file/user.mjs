// One of many commands at a time: takes the token that they share in files, and says which it is.
//   node user.mjs DIRECTORY BASE_URL CREDENTIALS [die]
import { createClient, serviceAccount } from "@atlas-streams/client";
import { fileTokenStore } from "@atlas-streams/client/token-file";

const [, , directory = "", baseUrl = "", credentials = "{}", mode = ""] = process.argv;
const store = fileTokenStore({ directory });
if (mode === "die") {
  // Killed with the lock in its hands.
  await store.lock(process.argv[5] ?? "", async () => process.kill(process.pid, "SIGKILL"));
}
const atlas = createClient({ auth: serviceAccount({ ...JSON.parse(credentials), store }), baseUrl });
await atlas.privateLinkConnections.listPage({ groupId: "32b6e34b3d91647abb20e7b8" });
await atlas.close();
