import { createServer, type Server } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { type Environment, environmentOf, homeOf, run, withMock } from "./support/command.js";

interface Finding {
  readonly check: string;
  readonly is: string;
  readonly detail: string;
  readonly advice?: string;
}

async function examine(env: Environment, words: readonly string[] = []) {
  const { code, stdout } = await run(["doctor", "-o", "json", ...words], env);
  const findings = JSON.parse(stdout) as Finding[];
  return { code, findings, wrong: findings.find(({ is }) => is === "wrong") };
}

/** A fault that answers calls of the API with an error body. */
const refusal = (status: number, errorCode: string, detail: string) => ({
  faults: [
    {
      path: "privateLinkConnections",
      fault: {
        kind: "answer" as const,
        status,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ error: status, errorCode, detail, parameters: [], reason: "x" }),
      },
    },
  ],
});

test("With everything in order each check is right, and the exit code is 0", async () => {
  const { env } = await withMock();
  const { code, findings } = await examine(env);
  expect(code).toBe(0);
  expect(findings.map(({ check, is }) => `${check} ${is}`)).toEqual(
    ["Credentials", "Project", "Name", "Network", "Clock", "Login", "IP access list", "Role", "API version"].map(
      (check) => `${check} right`,
    ),
  );
  const text = await run(["doctor"], env);
  expect(text.stdout.split("\n").filter((line) => line.startsWith("✓"))).toHaveLength(9);
});

test("No credentials, and half of them", async () => {
  expect(await examine(homeOf())).toMatchObject({ code: 2, wrong: { check: "Credentials", detail: "there are none" } });
  const half = await examine(homeOf({ MONGODB_ATLAS_PUBLIC_KEY: "abcdefgh" }));
  expect(half).toMatchObject({ code: 2, wrong: { check: "Credentials" } });
  expect(half.wrong?.detail).toContain("MONGODB_ATLAS_PRIVATE_KEY is not");
});

test("A name without an address, and a port where nobody listens", async () => {
  const { env } = await withMock();
  const name = await examine({ ...env, MONGODB_ATLAS_BASE_URL: "https://atlas.invalid" });
  expect(name).toMatchObject({ code: 8, wrong: { check: "Name" } });
  const port = await examine({ ...env, MONGODB_ATLAS_BASE_URL: "https://127.0.0.1:1" });
  expect(port).toMatchObject({ code: 8, wrong: { check: "Network", detail: "it cannot be reached (ECONNREFUSED)" } });
});

test("A proxy that does not let the call through is told from a network that is down", async () => {
  const { env } = await withMock();
  const proxy = await listen(
    createServer().on("connect", (_request, socket) => socket.end("HTTP/1.1 407 Proxy\r\n\r\n")),
  );
  const { code, wrong } = await examine({
    ...env,
    MONGODB_ATLAS_BASE_URL: "https://atlas.invalid",
    HTTPS_PROXY: `http://user:password-of-mine@127.0.0.1:${proxy}`,
  });
  expect({ code, check: wrong?.check }).toEqual({ code: 8, check: "Network" });
  expect(wrong?.detail).toContain(`the proxy 127.0.0.1:${proxy} does not let it through`);
  expect(JSON.stringify(wrong)).not.toContain("password-of-mine");
});

test("A clock that is off", async () => {
  const { mock, env } = await withMock();
  const port = await listen(
    createServer((_request, response) => {
      response
        .setHeader("date", new Date(Date.now() + 3_600_000).toUTCString())
        .writeHead(404)
        .end();
    }),
  );
  const { findings } = await examine({ ...env, MONGODB_ATLAS_BASE_URL: `http://127.0.0.1:${port}` });
  expect(findings.find(({ check }) => check === "Clock")).toMatchObject({ is: "wrong" });
  expect(findings.find(({ check }) => check === "Clock")?.detail).toMatch(
    /^this machine's is (1 h 00|59) min.* behind the service's$/,
  );
  expect(mock.requests).toEqual([]);
});

test("A service that is down says nothing of the credentials", async () => {
  const { env } = await withMock({ faults: [{ fault: "unavailable" }] });
  const { code, wrong } = await examine(env);
  expect({ code, check: wrong?.check }).toEqual({ code: 8, check: "Login" });
  expect(wrong?.advice).toContain("says nothing of the credentials");
});

test.each([
  ["service account", "invalid_client", "The client ID or the secret is wrong"],
  ["API key", "401", "The public or the private key is wrong"],
] as const)("A wrong secret of the %s", async (kind, _sign, advice) => {
  const { mock } = await withMock();
  const wrongOnes = { MONGODB_ATLAS_CLIENT_SECRET: "mdb_sa_sk_wrong", MONGODB_ATLAS_PRIVATE_KEY: "wrong-key" };
  const variables = environmentOf(mock, kind);
  const mine = Object.fromEntries(Object.entries(wrongOnes).filter(([name]) => name in variables));
  const { code, wrong } = await examine(homeOf({ ...variables, ...mine }));
  expect({ code, check: wrong?.check }).toEqual({ code: 4, check: "Login" });
  expect(wrong?.advice).toContain(advice);
});

test("An address that is not on the access list: whose list it is, and which it is not", async () => {
  const { env } = await withMock(
    refusal(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "IP address 203.0.113.9 is not allowed."),
  );
  const { code, findings, wrong } = await examine(env);
  expect({ code, check: wrong?.check }).toEqual({ code: 4, check: "IP access list" });
  expect(findings.find(({ check }) => check === "Login")?.is).toBe("right");
  expect(wrong?.detail).toContain("203.0.113.9");
  expect(wrong?.advice).toContain("It is not the project's Network Access list");
});

test.each([
  [403, "ACCESS_FORBIDDEN"],
  [401, "USER_UNAUTHORIZED"],
])("A role that is missing, told as %i %s", async (status, errorCode) => {
  const { env } = await withMock(refusal(status, errorCode, "Not for you."));
  const { code, wrong } = await examine(env);
  expect({ code, check: wrong?.check }).toEqual({ code: 4, check: "Role" });
  expect(wrong?.advice).toContain("Project Read Only");
});

test("A project that does not exist, and a version that is not served", async () => {
  const project = await withMock(refusal(404, "GROUP_NOT_FOUND", "No group with ID x exists."));
  expect(await examine(project.env)).toMatchObject({ code: 5, wrong: { check: "Project" } });
  const version = await withMock(refusal(406, "INVALID_VERSION_DATE", "Invalid accept header or version date."));
  expect(await examine(version.env)).toMatchObject({ code: 4, wrong: { check: "API version" } });
});

test("A version that is going away is no fault yet, and is told", async () => {
  const body = JSON.stringify({ results: [], totalCount: 0 });
  const { env } = await withMock({
    faults: [
      {
        path: "privateLinkConnections",
        fault: {
          kind: "answer",
          status: 200,
          headers: { "content-type": "application/vnd.atlas.2023-02-01+json", sunset: "Mon, 01 Jun 2026 00:00:00 GMT" },
          body,
        },
      },
    ],
  });
  const { code, findings } = await examine(env);
  expect(code).toBe(0);
  expect(findings.at(-1)).toMatchObject({
    check: "API version",
    is: "unknown",
    detail: "2023-02-01 ends on Mon, 01 Jun 2026 00:00:00 GMT",
  });
});

test("Without a project the login is checked all the same", async () => {
  const { env } = await withMock();
  const { MONGODB_ATLAS_PROJECT_ID: _, ...withoutProject } = env;
  const { code, findings } = await examine(withoutProject);
  expect(code).toBe(0);
  expect(findings.find(({ check }) => check === "Project")).toMatchObject({ is: "unknown" });
  expect(findings.find(({ check }) => check === "Login")).toMatchObject({ is: "right" });
});

function listen(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
  );
}
