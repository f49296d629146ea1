import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Mock } from "../../src/index.js";
import { mockFor, msk, newFolder } from "../helpers.js";

const home = fileURLToPath(new URL("../../node_modules/mongodb-mcp-server/", import.meta.url));
const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { bin: Record<string, string> };
const command = join(home, bin["mongodb-mcp-server"] ?? "");
const projectId = "32b6e34b3d91647abb20e7b8";

// What its package.json declares; below, it does not start.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isSupported = major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
if (!isSupported) console.log("skipped: mongodb-mcp-server does not run on this Node");

interface ToolResult {
  readonly content: readonly { readonly text: string }[];
  readonly isError?: boolean;
}

/** The vendor's server as an assistant would start it, and a way to call its tools over stdio. */
async function serverFor({ url, ca, credentials: { serviceAccount } }: Mock) {
  const folder = newFolder();
  writeFileSync(join(folder, "ca.pem"), ca ?? "");
  const child = spawn(process.execPath, [command], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      // It takes the system's authorities, not Node's.
      SSL_CERT_FILE: join(folder, "ca.pem"),
      MDB_MCP_API_BASE_URL: url,
      MDB_MCP_API_CLIENT_ID: serviceAccount.clientId,
      MDB_MCP_API_CLIENT_SECRET: serviceAccount.clientSecret,
      MDB_MCP_TELEMETRY: "disabled",
      MDB_MCP_LOGGERS: "mcp",
      DO_NOT_TRACK: "1",
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const waiting = new Map<number, (result: unknown) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, result, error } = JSON.parse(line);
    waiting.get(id)?.(result ?? error);
  });
  const say = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let calls = 0;
  function request(method: string, params: object): Promise<unknown> {
    calls += 1;
    const id = calls;
    say({ id, method, params });
    return new Promise((resolve) => waiting.set(id, resolve));
  }
  const clientInfo = { name: "mock-test", version: "1" };
  await request("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
  say({ method: "notifications/initialized" });
  return async (name: string, args: object): Promise<string> => {
    const result = (await request("tools/call", { name, arguments: { projectId, ...args } })) as ToolResult;
    expect(result.isError, JSON.stringify(result)).toBeFalsy();
    return result.content.map(({ text }) => text).join("\n");
  };
}

test.skipIf(!isSupported)(
  "The vendor's MCP server, unchanged, builds, discovers and tears down a private link over https",
  { timeout: 90_000 },
  async () => {
    const mock = await mockFor({ connections: [], tls: true });
    const call = await serverFor(mock);
    const states = async () => {
      const text = await call("atlas-streams-discover", { action: "get-networking" });
      return Array.from(text.matchAll(/"state": "(\w+)"/g), ([, state]) => state);
    };
    expect(await states()).toEqual([]);
    const built = await call("atlas-streams-build", { resource: "privatelink", privateLinkConfig: msk });
    expect(built).toContain("PrivateLink connection created for AWS");
    expect([await states(), await states(), await states()]).toEqual([["IDLE"], ["WORKING"], ["DONE"]]);
    const [{ _id } = { _id: "" }] = mock.state.save();
    const tornDown = await call("atlas-streams-teardown", { resource: "privatelink", resourceName: _id });
    expect(tornDown).toContain(`PrivateLink connection '${_id}' deletion initiated`);
    expect([await states(), await states(), await states()]).toEqual([["DELETE_REQUESTED"], ["DELETING"], []]);
    const unexpected = mock.requests.filter(({ status = 0 }) => status >= 400);
    expect(unexpected).toEqual([]);
  },
);
