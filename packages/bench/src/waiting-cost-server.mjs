// The projects that the waiting is measured in: the id of a project is the number of its connections. They are at work
// for two looks and done at the third, and then it begins anew.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createToken, listGroupStreamPrivateLinkConnections } from "@atlas-streams/types";

const { components } = createRequire(import.meta.url)("@atlas-streams/spec/openapi.json");
const template = components.examples["aws-msk"].value;
const states = ["WORKING", "WORKING", "DONE"];
const token = { access_token: "opens-nothing-but-a-benchmark", expires_in: 3600, token_type: "Bearer" };

/** @type {Map<string, number>} */
const looks = new Map();
/** @type {Map<string, string>} */
const bodies = new Map();
let requests = 0;

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const { contentType, body } = answer(new URL(request.url ?? "", "http://server"));
    response.writeHead(200, { "Content-Type": contentType, "Content-Length": Buffer.byteLength(body) }).end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.({ url: `http://127.0.0.1:${address?.port}` });
});
process.on("disconnect", () => process.exit());

/** @param {URL} url */
function answer({ pathname, searchParams }) {
  if (pathname === createToken.path) return { contentType: createToken.accept, body: JSON.stringify(token) };
  if (pathname === "/requests") return { contentType: "application/json", body: String(requests) };
  requests++;
  const group = pathname.split("/").find((part) => /^[0-9a-f]{24}$/.test(part)) ?? "";
  const page = Number(searchParams.get("pageNum"));
  const look = (looks.get(group) ?? 0) + (page === 1 ? 1 : 0);
  looks.set(group, look);
  const state = states[(look - 1) % states.length] ?? "DONE";
  const body = pageOf(Number.parseInt(group, 16), page, Number(searchParams.get("itemsPerPage")), state);
  return { contentType: listGroupStreamPrivateLinkConnections.accept, body };
}

/**
 * @param {number} count
 * @param {number} page
 * @param {number} size
 * @param {string} state
 */
function pageOf(count, page, size, state) {
  const key = `${count} ${page} ${size} ${state}`;
  const known = bodies.get(key);
  if (known) return known;
  const first = (page - 1) * size;
  const results = Array.from({ length: Math.max(0, Math.min(size, count - first)) }, (_, index) => ({
    ...template,
    _id: (first + index + 1).toString(16).padStart(24, "0"),
    state,
  }));
  const body = JSON.stringify({ results, totalCount: count });
  bodies.set(key, body);
  return body;
}
