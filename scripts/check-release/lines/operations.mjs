import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generate } from "@atlas-streams/generate";
import { measureBundle } from "../../../packages/generate/measure/bundle.mjs";

/** What three operations of another part of Atlas may add to a program that calls them. */
const mostBytes = 100;

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  async measure() {
    const directory = await mkdtemp(join(tmpdir(), "operations-"));
    try {
      await writeFile(join(directory, "part.json"), JSON.stringify({ description: "./description.json" }));
      await writeFile(join(directory, "description.json"), JSON.stringify(description));
      await writeFile(join(directory, "package.json"), '{ "type": "module", "sideEffects": false }');
      await generate(join(directory, "part.json"), directory);
      const { operationTable } = await import(pathToFileURL(join(directory, "index.js")).href);
      const client = fileURLToPath(new URL("../../../packages/client", import.meta.url));
      const { gzipped } = await measureBundle(directory, operationTable, client);
      return {
        what: "size: three operations that somebody generated, bundled with the client, minified, gzipped",
        figure: `${gzipped} B`,
        limit: `${mostBytes} B`,
        holds: gzipped > 0 && gzipped <= mostBytes,
      };
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

const id = (/** @type {string} */ name) => ({
  ...{ name, in: "path", required: true },
  schema: { type: "string", pattern: "^([a-f0-9]{24})$" },
});
const name = { name: "clusterName", in: "path", required: true, schema: { type: "string" } };
const read = (/** @type {string} */ operationId, /** @type {object[]} */ parameters, /** @type {object} */ schema) => ({
  get: {
    ...{ operationId, tags: ["Clusters"], parameters },
    responses: { 200: { description: "OK", content: { "application/vnd.atlas.2024-08-05+json": { schema } } } },
  },
});
const cluster = { type: "object" };
const page = { type: "object", required: ["results"], properties: { results: { type: "array", items: cluster } } };
const clusters = "/api/atlas/v2/groups/{groupId}/clusters";

const description = {
  openapi: "3.1.0",
  info: { title: "Clusters", version: "1" },
  servers: [{ url: "https://cloud.mongodb.com" }],
  paths: {
    [clusters]: read("listGroupClusters", [id("groupId")], page),
    [`${clusters}/{clusterName}`]: read("getGroupCluster", [id("groupId"), name], cluster),
    [`${clusters}/{clusterName}/status`]: read("getGroupClusterStatus", [id("groupId"), name], cluster),
  },
};
