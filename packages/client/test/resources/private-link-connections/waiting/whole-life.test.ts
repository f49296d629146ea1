import { createClient, serviceAccount } from "@atlas-streams/client";
import { type MockOptions, startMock } from "@atlas-streams/mock";
import { rejection } from "@atlas-streams/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { main, wholeLife } from "../../../../examples/whole-life.js";

const groupId = "32b6e34b3d91647abb20e7b8";
const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8-1";

/** Runs the example against the mock; `abortAt` is the line at which its caller gives up. */
async function run(options: MockOptions, abortAt?: RegExp) {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  const atlas = createClient({ baseUrl: mock.url, auth: serviceAccount(mock.credentials.serviceAccount) });
  const abort = new AbortController();
  const reason = new Error("The caller has changed its mind.");
  const lines: string[] = [];
  const print = (line: string) => {
    lines.push(line.replaceAll(/\b[0-9a-f]{24}\b/g, "ID").replace(/ after \d+ ms$/, ""));
    if (abortAt?.test(line)) abort.abort(reason);
  };
  const life = wholeLife(atlas, { groupId, arn, signal: abort.signal, print, intervalMs: 5 });
  const [outcome] = await Promise.allSettled([life]);
  await atlas.close();
  const calls = mock.requests.map(
    ({ method, path }) => `${method} ${path.replace(/.*\//, "").replaceAll(/[0-9a-f]{24}/g, "ID")}`,
  );
  return { outcome, reason, lines, calls, left: await list(mock.url, mock.credentials.serviceAccount) };
}

async function list(baseUrl: string, credentials: Parameters<typeof serviceAccount>[0]) {
  const atlas = createClient({ baseUrl, auth: serviceAccount(credentials) });
  const { results } = await atlas.privateLinkConnections.listPage({ groupId });
  return results;
}

describe("the example of a whole life", () => {
  test("makes a connection, waits for it, reads it and removes it", async () => {
    const { outcome, lines, calls, left } = await run({ connections: [] });
    expect(outcome).toEqual({ status: "fulfilled", value: undefined });
    expect(lines).toEqual([
      "made ID",
      "IDLE",
      "WORKING",
      "DONE",
      expect.stringMatching(/^reaches \S+ in \S+$/),
      "removed ID",
    ]);
    const looks = (count: number) => Array(count).fill("GET ID");
    expect(calls).toEqual([
      "POST token",
      "POST privateLinkConnections",
      ...looks(4),
      "DELETE ID",
      ...looks(3),
      "POST revoke",
    ]);
    expect(left).toEqual([]);
  });

  test("aborted half-way, ends the waiting at once and leaves nothing behind", async () => {
    const { outcome, reason, lines, calls, left } = await run({ connections: [] }, /^WORKING/);
    expect(outcome).toEqual({ status: "rejected", reason });
    expect(lines).toEqual(["made ID", "IDLE", "WORKING", "removed ID"]);
    expect(calls.at(-1)).toBe("POST revoke");
    expect(left).toEqual([]);
  });

  test("tells why the connection has failed, and leaves nothing behind", async () => {
    const { outcome, lines, left } = await run({ connections: [], scenario: { fails: "No such cluster." } });
    expect(outcome).toMatchObject({
      status: "rejected",
      reason: { code: "WAIT_FAILED", errorMessage: "No such cluster." },
    });
    expect(lines.slice(-2)).toEqual(["failed: No such cluster.", "removed ID"]);
    expect(left).toEqual([]);
  });

  describe("as a program", () => {
    /** Starts a mock that the environment names, as a user's shell would. */
    async function startInEnvironment(options: MockOptions) {
      const mock = await startMock(options);
      const { clientId, clientSecret } = mock.credentials.serviceAccount;
      vi.stubEnv("MONGODB_ATLAS_BASE_URL", mock.url);
      vi.stubEnv("MONGODB_ATLAS_CLIENT_ID", clientId);
      vi.stubEnv("MONGODB_ATLAS_CLIENT_SECRET", clientSecret);
      onTestFinished(async () => {
        vi.unstubAllEnvs();
        await mock.stop();
      });
      return mock;
    }

    test("ends on Ctrl+C, and removes what it has made", async () => {
      const mock = await startInEnvironment({ connections: [], scenario: { deleted: [{ state: null }] } });
      const asked = () => mock.requests.map(({ method }) => method);
      const run = rejection(main([groupId, arn]));
      while (!asked().includes("GET")) await new Promise((resolve) => setTimeout(resolve, 1));
      process.emit("SIGINT");
      expect(await run).toEqual(new Error("Interrupted."));
      expect(asked()).toEqual(["POST", "POST", "GET", "DELETE", "GET", "POST"]);
      expect(process.listenerCount("SIGINT")).toBe(0);
    });

    test("gives its token back where nothing could be made", async () => {
      const mock = await startInEnvironment({ connections: [] });
      expect(await rejection(main([groupId, "arn:of:nothing"]))).toMatchObject({ code: "API", status: 400 });
      expect(mock.requests.at(-1)?.path).toBe("/api/oauth/revoke");
    });
  });
});
