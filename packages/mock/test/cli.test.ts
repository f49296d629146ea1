import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ask, connectionPath, listPath, msk } from "./helpers.js";

const command = fileURLToPath(new URL("../bin/atlas-streams-mock.js", import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  output(): string;
}

/** The command, as soon as it says where it is. */
async function start(...options: string[]): Promise<Running> {
  const child = spawn(process.execPath, [command, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 25_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? "", output: () => output };
}

/** The command, when it has ended. */
async function end(...options: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [command, ...options]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

function file(name: string, content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "atlas-streams-mock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends the command at once and without complaint, whoever is connected",
  async (signal) => {
    const { child, url } = await start("--auth", "any");
    await ask({ url }, "GET", connectionPath);
    const before = performance.now();
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(performance.now() - before).toBeLessThan(2500); // a connection that is kept open would hold it up for five seconds
  },
);

test("The command says how to call it, and that works as it stands", async () => {
  const { output } = await start();
  expect(output()).toMatch(/curl --digest --user '.+' \\\n +--header '.+' \\\n +http/);
});

test("Each request is a line to read", async () => {
  const { url, output } = await start("--auth", "any");
  await ask({ url }, "GET", connectionPath);
  await expect
    .poll(output)
    .toMatch(/\d\d:\d\d:\d\d {2}200 +\d+ ms {2}GET +\/api\/atlas\/v2\/.* getGroupStreamPrivateLinkConnection\n/);
});

test("A scenario, connections and faults come from files and arguments", async () => {
  const scenario = file("scenario.json", {
    lives: [{ of: { vendor: "MSK" }, created: [{ state: "FAILED", fields: { errorMessage: "No." } }] }],
  });
  const connections = file("connections.json", [
    { _id: "aaaaaaaaaaaaaaaaaaaaaaaa", ...msk, state: "DONE", arn: "arn:aws:kafka:other" },
  ]);
  const faults = file("faults.json", [{ fault: { kind: "rate-limited", retryAfterSeconds: 9 }, method: "DELETE" }]);
  const mock = await start("--auth", "any", "--scenario", scenario, "--connections", connections, "--faults", faults);
  const made = await ask(mock, "POST", listPath, { body: msk });
  expect((await ask(mock, "GET", `${listPath}/${made.body._id}`)).body).toMatchObject({
    state: "FAILED",
    errorMessage: "No.",
  });
  expect((await ask(mock, "GET", listPath)).body.totalCount).toBe(2);
  expect((await ask(mock, "DELETE", `${listPath}/${made.body._id}`)).headers.get("retry-after")).toBe("9");
});

test("What is recorded has every request and no credentials", async () => {
  const record = file("requests.jsonl", "");
  const { url, child } = await start("--record", record);
  await ask({ url }, "GET", connectionPath, { headers: { authorization: "Bearer secret-of-mine" } });
  await ask({ url }, "POST", "/api/oauth/revoke", {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "token=secret-of-mine",
  });
  child.kill();
  await once(child, "exit");
  const text = readFileSync(record, "utf8");
  expect(text).not.toContain("secret-of-mine");
  expect(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { method: "GET", path: connectionPath, status: 401, headers: { authorization: "Bearer …" } },
    { method: "POST", path: "/api/oauth/revoke", status: 401 },
  ]);
});

test("A port that is taken is told in one line", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const { code, stdout, stderr } = await end("--port", String(port));
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: `atlas-streams-mock: port ${port} is taken; --port 0 finds a free one\n`,
  });
});

test("A mistake is told in one line", async () => {
  const connections = file("connections.json", [{ vendor: "MSK" }]);
  for (const [options, sentence] of [
    [["--prot", "1"], "Unknown option '--prot'; did you mean --port?"],
    [["--connections", connections], "connections[0] is not one that the service could give"],
  ] as const) {
    const { code, stdout, stderr } = await end(...options);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^atlas-streams-mock: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  }
});

test("Help is for reading", async () => {
  const { code, stdout } = await end("--help");
  expect(code).toBe(0);
  expect(stdout).toContain("Usage: atlas-streams-mock");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThan(110);
});

test("The command ends when the process that started it is killed", async () => {
  const stdio = JSON.stringify(["ignore", "inherit", "inherit"]);
  const script = `
    const child = require("node:child_process").spawn(process.execPath, [${JSON.stringify(command)}, "--port", "0"], { stdio: ${stdio} });
    console.log("pid " + child.pid);
    setInterval(() => {}, 1000);
  `;
  const parent = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  parent.stdout.setEncoding("utf8").on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 25_000 }).toContain("Ctrl-C stops it.");
  const pid = Number(/pid (\d+)/.exec(output)?.[1]);
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 25_000 }).toBe(false);
});

test.each([0, 0.05, 0.3, 1])(
  "The command ends when the shell that started it is gone after %f seconds, though the mock is not ready by then",
  async (seconds) => {
    const port = await freePort();
    const script = `"$0" "$1" --port ${port} --auth any >/dev/null 2>&1 & echo $!; sleep ${seconds}`;
    // A session of its own, as a terminal has: an orphan in the session of process 1 cannot be told from its child.
    const shell = spawn("sh", ["-c", script, process.execPath, command], {
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = Number(await text(shell.stdout));
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
    });
    await expect.poll(() => isAlive(pid), { timeout: 25_000 }).toBe(false);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
