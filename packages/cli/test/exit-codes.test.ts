import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentOf, groupId, homeOf, run, withMock } from "./support/command.js";

const id = "66f0c1d2e3a4b5c6d7e8f901";
const get = ["private-link", "get", id];

describe("An error says what happened, why, and what to do, and its class is the exit code", () => {
  test("0: it is there", async () => {
    const { env } = await withMock();
    expect((await run(get, env)).code).toBe(0);
  });

  test("2: there are no credentials, half of them, or no project", async () => {
    const none = await run(get, homeOf());
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("There are no credentials. Set MONGODB_ATLAS_CLIENT_ID");
    const half = await run(get, homeOf({ MONGODB_ATLAS_CLIENT_ID: "x" }));
    expect(half).toMatchObject({ code: 2, stdout: "" });
    expect(half.stderr).toContain("MONGODB_ATLAS_CLIENT_ID is set, but MONGODB_ATLAS_CLIENT_SECRET is not.");
    const { env } = await withMock();
    const { MONGODB_ATLAS_PROJECT_ID: _, ...withoutProject } = env;
    expect((await run(get, withoutProject)).stderr).toContain("There is no project. Give --projectId");
  });

  test("2: an id that is none, and a base URL that would show the secret", async () => {
    const { env } = await withMock();
    const malformed = await run(["private-link", "get", "../x"], env);
    expect(malformed.code).toBe(2);
    expect(malformed.stderr).toContain("Nothing was sent.");
    const open = await run(get, { ...env, MONGODB_ATLAS_BASE_URL: "http://atlas.example" });
    expect(open.code).toBe(2);
    expect(open.stderr).toContain("credentials do not go over plain http to atlas.example");
  });

  test.each(["service account", "API key"] as const)("4: the secret of the %s is wrong", async (kind) => {
    const { mock } = await withMock();
    const wrong = { MONGODB_ATLAS_CLIENT_SECRET: "mdb_sa_sk_wrong", MONGODB_ATLAS_PRIVATE_KEY: "wrong-key" };
    const variables = environmentOf(mock, kind);
    const mine = Object.fromEntries(Object.entries(wrong).filter(([name]) => name in variables));
    const { code, stdout, stderr } = await run(get, homeOf({ ...variables, ...mine }));
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain("Find out which it is: atlas-streams doctor");
    expect(stderr).not.toMatch(/mdb_sa_sk_wrong|wrong-key/);
  });

  test("4: the service refuses what was asked for", async () => {
    const { env } = await withMock({ scenario: { inUse: true } });
    const { code, stderr } = await run(["private-link", "delete", id, "--yes"], env);
    expect(code).toBe(4);
    expect(stderr).toContain("STREAM_PRIVATE_LINK_IN_USE");
  });

  test("5: it is not there", async () => {
    const { env } = await withMock({ connections: [] });
    const { code, stdout, stderr } = await run([...get, "-o", "json"], env);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({
      code: "NOT_FOUND",
      status: 404,
      advice: expect.stringContaining("list"),
    });
  });

  test("8: nobody answers, or nothing that can be used", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const { env } = await withMock({ faults: [{ fault: { kind: "html", status: 200 }, method: "GET" }] });
    const closed = await run(get, { ...env, MONGODB_ATLAS_BASE_URL: `http://127.0.0.1:${port}` });
    expect(closed.code).toBe(8);
    expect(closed.stderr).toContain("ECONNREFUSED");
    const page = await run(get, env);
    expect(page.code).toBe(8);
    expect(page.stderr).not.toMatch(/ {4}at /);
  });
});

test("A reader that has had enough ends nothing but the reading", async () => {
  const { env } = await withMock();
  const { execFile } = await import("node:child_process");
  const { command } = await import("./support/command.js");
  const script = `"${process.execPath}" "${command}" private-link list -o json | head -n 1`;
  const shown = await new Promise((resolve) =>
    execFile("sh", ["-c", script], { env: env as NodeJS.ProcessEnv }, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    ),
  );
  expect(shown).toEqual({ error: null, stdout: "[\n", stderr: "" });
});

test("--verbose tells requests, retries and tokens on stderr, and no secret", async () => {
  const { env, mock } = await withMock({ faults: [{ fault: "unavailable", method: "GET", nth: 1 }] });
  const { code, stdout, stderr } = await run([...get, "--verbose", "-o", "json"], env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)._id).toBe(id);
  expect(stderr).toMatch(/POST \/api\/oauth\/token: 200 in \d+ ms/);
  expect(stderr).toMatch(/\{connectionId\}: 503 in \d+ ms/);
  expect(stderr).toMatch(/attempt 1 answered 503, the next in /);
  expect(stderr).toMatch(/token: there is one until /);
  const { clientSecret } = mock.credentials.serviceAccount;
  expect(stderr).not.toContain(clientSecret);
  const [authorization = ""] = mock.requests.flatMap(({ headers }) => headers.authorization ?? []).slice(-1);
  expect(authorization).toMatch(/^Bearer ./);
  expect(stderr).not.toContain(authorization.slice("Bearer ".length));
});

test("The guide has every exit code with its meaning", async () => {
  const guide = await readFile(join(import.meta.dirname, "../../docs/at-the-terminal.md"), "utf8");
  const { exitCodes } = await import("../src/exit-codes.js");
  for (const code of Object.values(exitCodes)) expect(guide).toMatch(new RegExp(`^\\| ${code} +\\|`, "m"));
});

test("--projectId goes before the environment", async () => {
  const { env, mock } = await withMock();
  const other = "a".repeat(24);
  await run([...get, "--projectId", other], env);
  expect(mock.requests.at(-1)?.path).toContain(other);
  expect(mock.requests.at(-1)?.path).not.toContain(groupId);
});
