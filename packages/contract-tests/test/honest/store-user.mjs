// One process of a fleet: calls the service so many times, with a token that it shares through files.
import { mkdir, readFile, rename, rmdir, writeFile } from "node:fs/promises";
import { createClient, serviceAccount } from "@atlas-streams/client";

const [, , directory = "", baseUrl = "", credentials = "{}", ids = "{}", count = "1"] = process.argv;
const file = `${directory}/token.json`;

const store = {
  async get() {
    const text = await readFile(file, "utf8").catch(() => undefined);
    return text && JSON.parse(text);
  },
  async set(_key, token) {
    await writeFile(`${file}.${process.pid}`, JSON.stringify(token));
    await rename(`${file}.${process.pid}`, file);
  },
  async lock(_key, work) {
    while (!(await taken())) await new Promise((resolve) => setTimeout(resolve, 5));
    try {
      return await work();
    } finally {
      await rmdir(`${directory}/lock`);
    }
  },
};

/** Making a directory that is there already fails, whoever made it. */
function taken() {
  return mkdir(`${directory}/lock`).then(
    () => true,
    () => false,
  );
}

const atlas = createClient({ auth: serviceAccount({ ...JSON.parse(credentials), store }), baseUrl });
for (let call = 0; call < Number(count); call++) await atlas.privateLinkConnections.get(JSON.parse(ids));
await atlas.close();
