import { startMock } from "@atlas-streams/mock";
import { preview } from "vite";
import { site } from "./places.mjs";

/**
 * Serves the built site, and a mock of Atlas behind it at the same origin.
 * @param {{ port?: number }} [options] without a port a free one is taken
 */
export async function serveSite({ port = 0 } = {}) {
  const mock = await startMock();
  const server = await preview({
    configFile: false,
    appType: "mpa",
    logLevel: "warn",
    build: { outDir: site },
    preview: { host: "127.0.0.1", port, strictPort: port !== 0, proxy: { "/api/": mock.url } },
  });
  const address = server.httpServer.address();
  if (!address || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    mock,
    async stop() {
      await server.close();
      await mock.stop();
    },
  };
}
