import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ask, connectionPath, listPath, mockFor, msk, newFolder } from "../helpers.js";

const command = fileURLToPath(new URL("../../bin/atlas-streams-mock.js", import.meta.url));

interface Ready {
  readonly url: string;
  readonly pid: number;
  readonly ca?: string;
}

/** The command, as soon as its file says that it can be called. */
async function start(...options: string[]): Promise<{ child: ChildProcess; ready: Ready; output(): string }> {
  const readyFile = join(newFolder(), "ready.json");
  const child = spawn(process.execPath, [command, "--port", "0", "--ready-file", readyFile, ...options]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  await expect.poll(() => existsSync(readyFile), { timeout: 20_000 }).toBe(true);
  return { child, ready: JSON.parse(readFileSync(readyFile, "utf8")) as Ready, output: () => output };
}

async function end(...options: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [command, ...options]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

test("Its version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"));
  expect(await end("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("A file says when, where and with what it can be called, and goes with it", async () => {
  const readyFile = join(newFolder(), "ready.json");
  writeFileSync(readyFile, '"of an earlier run"');
  const child = spawn(process.execPath, [command, "--port", "0", "--ready-file", readyFile, "--auth", "any"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = () => existsSync(readyFile) && (JSON.parse(readFileSync(readyFile, "utf8")) as Ready);
  await expect
    .poll(said, { timeout: 20_000 })
    .toMatchObject({ pid: child.pid, credentials: { digest: { publicKey: "mockuser" } } });
  expect((await ask(said() as Ready, "GET", connectionPath)).status).toBe(200);
  child.kill();
  await once(child, "exit");
  expect(existsSync(readyFile)).toBe(false);
});

test("With --tls it is believed by whoever trusts the file of --ca", async () => {
  const ca = join(newFolder(), "ca.pem");
  const { ready, output } = await start("--tls", "--ca", ca);
  expect(ready.url).toMatch(/^https:/);
  expect(readFileSync(ca, "utf8")).toBe(ready.ca);
  const [answer] = await once(request(ready.url, { ca: readFileSync(ca), agent: false }).end(), "response");
  expect(answer.resume().statusCode).toBe(404);
  expect(output()).toContain(`--cacert '${ca}' \\\n`);
});

test("What it knows at the end is what the next run begins with", async () => {
  const save = join(newFolder(), "connections.json");
  const first = await start("--auth", "any", "--save", save);
  const made = await ask(first.ready, "POST", listPath, { body: msk });
  first.child.kill("SIGINT");
  expect(await once(first.child, "exit")).toEqual([0, null]);
  const second = await start("--auth", "any", "--connections", save);
  expect((await ask(second.ready, "GET", `${listPath}/${made.body._id}`)).body).toMatchObject(msk);
});

test("Limits and pages of other origins are options, too", async () => {
  const { ready } = await start("--limits", "liveTokens=0", "--cors");
  const authorization = `Basic ${Buffer.from("mdb_sa_id_000000000000000000000000:mdb_sa_sk_opens-nothing-but-a-mock").toString("base64")}`;
  const answer = await ask(ready, "POST", "/api/oauth/token", {
    headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, "*"]);
});

test("A host of its own is told loudly, and its names are taken", async () => {
  const { ready, output } = await start("--auth", "any", "--host", "0.0.0.0", "--name", "a.test", "--name", "b.test");
  expect((await ask(ready, "GET", connectionPath)).status).toBe(200);
  expect(output()).toContain("NOT ONLY FOR THIS MACHINE");
  expect((await start()).output()).not.toContain("NOT ONLY");
});

test.each(["203.0.113.7", "nowhere.invalid"])(
  "That %s is no address of this machine is told in one line",
  async (host) => {
    const { code, stderr } = await end("--port", "0", "--host", host);
    const sentence = `atlas-streams-mock: ${host} is no address of this machine, which --host takes\n`;
    expect([code, stderr]).toEqual([1, sentence]);
  },
);

test("A proxy has a file and https, too", async () => {
  const upstream = await mockFor({ auth: "any" });
  const { ready } = await start("--proxy", upstream.url, "--tls");
  const [answer] = await once(request(ready.url + connectionPath, { ca: ready.ca, agent: false }).end(), "response");
  expect(answer.resume().statusCode).toBe(406);
});

test.each([
  ["--save", "no/such/folder/state.json"],
  ["--record", "no/such/folder/requests.jsonl"],
  ["--ca", "no/such/folder/ca.pem"],
  ["--ready-file", "no/such/folder/ready.json"],
  ["--limits", "no-such-file.json"],
])("%s %s is told in one line, and nothing goes on running", async (option, file) => {
  const { code, stderr } = await end("--port", "0", "--tls", option, file);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^atlas-streams-mock: [^\n]*no[^\n]*\n$/)]);
  expect(stderr).toContain(file.replace(/\/[^/]*$/, ""));
});

test("A record that cannot be written any more ends the command, and says why", async () => {
  const { child, ready, output } = await start("--auth", "any", "--record", "/dev/full");
  await ask(ready, "GET", connectionPath);
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(output()).toContain("atlas-streams-mock: ENOSPC");
});

test.each(["--ready-file", "--save", "--record", "--ca"])(
  "%s says what it cannot write before anything listens",
  async (option) => {
    const folder = newFolder();
    const missing = join(folder, "none", "file");
    expect(await end("--port", "0", "--tls", option, missing)).toEqual({
      code: 2,
      stdout: "",
      stderr: `atlas-streams-mock: ${option}: ${missing} cannot be written: no such file or directory\n`,
    });
    const { code, stdout, stderr } = await end("--port", "0", "--tls", option, folder);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${option}: ${folder} cannot be written: `);
  },
);
