import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { mockFor, msk, newFolder } from "../helpers.js";

const script = fileURLToPath(new URL("./mcp-atlas-api-client.mjs", import.meta.url));

test("The vendor's own client, unchanged, leads a connection through its life over https, and logs out", async () => {
  const mock = await mockFor({ connections: [], tls: true });
  const ca = `${newFolder()}/ca.pem`;
  writeFileSync(ca, mock.ca ?? "");
  const { clientId, clientSecret } = mock.credentials.serviceAccount;
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: ca };
  const { stdout } = await promisify(execFile)(process.execPath, [script, mock.url, clientId, clientSecret], { env });
  const { made, totalCount, states, error, message } = JSON.parse(stdout);
  expect([made, totalCount]).toMatchObject([msk, 1]);
  expect(states).toEqual(["WORKING", "DONE", "DELETE_REQUESTED", "DELETING"]);
  expect(error).toMatchObject({ error: 404, errorCode: "RESOURCE_NOT_FOUND" });
  expect(message).toContain("[404 Not Found]");
  const seen = mock.requests.map(({ operationId, status }) => `${operationId} ${status}`);
  expect([...new Set(seen)]).toEqual([
    "createToken 200",
    "createGroupStreamPrivateLinkConnection 200",
    "listGroupStreamPrivateLinkConnections 200",
    "getGroupStreamPrivateLinkConnection 200",
    "deleteGroupStreamPrivateLinkConnection 202",
    "getGroupStreamPrivateLinkConnection 404",
    "revokeToken 200",
  ]);
});
