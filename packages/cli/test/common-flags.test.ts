import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startMock } from "@atlas-streams/mock";
import { expect, onTestFinished, test } from "vitest";
import { groupId, run, withProfile } from "./support/command.js";

const msk = "66f0c1d2e3a4b5c6d7e8f901";
const enterprise = "66f0c1d2e3a4b5c6d7e8f90e"; // it waits for its domain
const wait = ["--wait", "--timeout", "1m", "--interval", "50ms"];
const pace = wait.slice(1);
const place = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections";
const body = JSON.stringify({ provider: "GCP", vendor: "PUBSUB", region: "us-east4" });
const sample = JSON.stringify({ name: "solar", type: "Sample" });

/** Each command that calls the service, with the flags that only it has; `FILE` is what is said last. */
const lines: readonly [words: readonly string[], file?: string][] = [
  [["private-link", "get", msk]],
  [["private-link", "list"]],
  [["private-link", "create", "--file", "FILE", "--always", ...wait], body],
  [["private-link", "update", enterprise, "--file", "FILE", ...wait], JSON.stringify({ dnsDomain: "a.example" })],
  [["private-link", "delete", msk, "--yes", ...wait]],
  [["private-link", "wait", msk, "--for", "done", ...pace]],
  [["private-link", "account", "--cloudProvider", "aws", "--region", "US_EAST_1"]],
  [["workspace", "get", "orders"]],
  [["workspace", "list"]],
  [["workspace", "create", "mine", "--cloudProvider", "AWS", "--region", "OHIO_USA", "--maxTierSize", "SP50"]],
  [["workspace", "update", "orders", "--cloudProvider", "AWS", "--region", "OHIO_USA"]],
  [["workspace", "delete", "orders", "--yes", ...wait]],
  [["connection", "get", "orders", "orders-kafka"]],
  [["connection", "list", "orders"]],
  [["connection", "create", "orders", "--file", "FILE", ...wait], sample],
  [["connection", "update", "orders", "solar", "--file", "FILE", ...wait], sample],
  [["connection", "delete", "orders", "orders-kafka", "--yes", ...wait]],
  [["connection", "wait", "orders", "orders-kafka", "--for", "done", ...pace]],
  [["apply", "--file", "FILE", "--yes", "--no-wait", ...pace], body],
  [["raw", "GET", place]],
  [["doctor"]],
];

test.each(lines.map(([words, file]) => ({ words, file, name: words.slice(0, 2).join(" ") })))(
  "$name takes the project, the profile, the form and the rest that all take",
  async ({ words, file }) => {
    const mock = await startMock();
    onTestFinished(() => mock.stop());
    const account = { ...mock.credentials.serviceAccount, baseUrl: mock.url };
    const { env } = withProfile({ ...account, projectId: "d".repeat(24) });
    const path = join(env.HOME ?? "", "given.json");
    if (file) writeFileSync(path, file);
    const given = words.map((word) => (word === "FILE" ? path : word));
    const whose = ["--projectId", groupId, "--profile", "work", "--output", "json", "--verbose"];
    const isKept = words[0] !== "doctor"; // it gets a token of its own anyway
    const { code, stdout, stderr } = await run([...given, ...whose, ...(isKept ? ["--no-cache"] : [])], env);
    expect({ code, told: stderr.split("\n").filter((line) => line.startsWith("atlas-streams:")) }).toEqual({
      code: 0,
      told: [],
    });
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toMatch(/^> (GET|POST|PATCH|DELETE) \/api\/atlas\/v2\/groups\/.*: 20\d in \d+ ms$/m);
    const projects = mock.requests.flatMap((request) => /\/groups\/(\w+)/.exec(request.path)?.[1] ?? []);
    expect(new Set(projects)).toEqual(new Set([groupId]));
    expect(mock.requests.at(-1)?.path).toBe("/api/oauth/revoke");
    expect(existsSync(join(env.HOME ?? "", ".cache"))).toBe(false);
  },
);

test("workspace wait takes them too, for one that is gone", async () => {
  const mock = await startMock({ connections: [] });
  onTestFinished(() => mock.stop());
  const { env } = withProfile({ ...mock.credentials.serviceAccount, baseUrl: mock.url });
  const whose = ["--projectId", groupId, "--profile", "work", "--output", "json", "--verbose", "--no-cache"];
  const { code, stdout } = await run(["workspace", "wait", "gone", "--for", "deleted", ...pace, ...whose], env);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "{}\n" });
});

test("doctor --mock finds everything in order, and --version tells the version", async () => {
  const { env } = withProfile();
  const healthy = await run(["doctor", "--mock"], env);
  expect({ code: healthy.code, stderr: healthy.stderr }).toEqual({ code: 0, stderr: "" });
  expect(healthy.stdout).toContain("✓ API version");
  expect((await run(["--version"], env)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
