// The clients of Valkey that the example names, each as the example says.
import { createClient } from "@redis/client";
import { Valkey } from "iovalkey";

export const clients = {
  async redis(url) {
    const client = createClient({ url, disableOfflineQueue: true });
    client.on("error", () => {});
    await client.connect();
    return { send: (...command) => client.sendCommand(command), end: () => client.destroy() };
  },
  async iovalkey(url) {
    const client = new Valkey(url, { maxRetriesPerRequest: 1 });
    client.on("error", () => {});
    return { send: (name, ...words) => client.call(name, ...words), end: () => client.disconnect() };
  },
};
