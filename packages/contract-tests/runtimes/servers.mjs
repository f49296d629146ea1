// The servers of the suite, in a process of their own: prints where they are, and ends with the process that started it.
import { createServer, request } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { createGzip } from "node:zlib";
import { startMock } from "@atlas-streams/mock";

const [mock, overTls] = await Promise.all([
  startMock({ connections: [], limits: { rate: false } }),
  startMock({ connections: [], tls: true }),
]);

const compressing = createServer((incoming, outgoing) => {
  const { method, url, headers } = incoming;
  const forwarded = request(new URL(url ?? "", mock.url), { method, headers }, (answer) => {
    const { "content-length": _, ...kept } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 0, { ...kept, "content-encoding": "gzip" });
    answer.pipe(createGzip()).pipe(outgoing);
  });
  incoming.pipe(forwarded);
});

/** What is on the way to be encrypted meets silence, or a reset. @param {(socket: import("node:net").Socket) => void} treat */
const tcp = (treat) => createTcpServer((socket) => void socket.on("error", () => {}).once("data", () => treat(socket)));
const silent = tcp(() => {});
const rude = tcp((socket) => socket.resetAndDestroy());

/** @param {import("node:net").Server} server @returns {Promise<string>} */
async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

const closed = createServer();
const closedUrl = await listen(closed);
await new Promise((resolve) => closed.close(resolve));

/** @type {import("./suite/place.mjs").Servers} */
const servers = {
  url: mock.url,
  tlsUrl: overTls.url.replace("127.0.0.1", "localhost"),
  compressedUrl: await listen(compressing),
  closedUrl,
  silentUrl: (await listen(silent)).replace("http:", "https:"),
  rudeUrl: (await listen(rude)).replace("http:", "https:"),
  credentials: mock.credentials,
};
console.log(JSON.stringify(servers));
process.stdin.on("end", () => process.exit()).resume();
