import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startMock } from "../src/index.js";

const connectionPath =
  "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams/privateLinkConnections/66f0c1d2e3a4b5c6d7e8f901";

test("A mock on a port that is taken does not start", async () => {
  const first = await startMock();
  await expect(startMock({ port: Number(new URL(first.url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await first.stop();
});

test("Stopping ends open connections at once, and twice is once", async () => {
  const mock = await startMock({ auth: "any" });
  await (await fetch(mock.url + connectionPath)).text();
  const before = performance.now();
  await Promise.all([mock.stop(), mock.stop()]);
  expect(performance.now() - before).toBeLessThan(2000); // a connection that is kept open would hold it up for five seconds
  await expect(fetch(mock.url)).rejects.toThrow();
});

test("A mock goes with the process that it is in, killed or not", async () => {
  const dist = fileURLToPath(new URL("../dist/index.js", import.meta.url));
  const script = `import { startMock } from ${JSON.stringify(dist)}; console.log((await startMock()).url);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = String(line).trim();
  expect((await fetch(url)).status).toBe(404);
  child.kill("SIGKILL");
  await once(child, "exit");
  await expect(fetch(url)).rejects.toThrow();
});

test("As many requests are kept as asked for, the newest ones", async () => {
  const mock = await startMock({ auth: "any", keepRequests: 2 });
  for (const query of ["a", "b", "c"]) await fetch(`${mock.url}/nothing?${query}`);
  expect(mock.requests.map(({ path }) => path)).toEqual(["/nothing?b", "/nothing?c"]);
  await mock.stop();
});

test("What arrived can be looked at, with its operation and its status", async () => {
  const mock = await startMock();
  await fetch(`${mock.url}${connectionPath}?envelope=true`);
  expect(mock.requests).toMatchObject([
    {
      method: "GET",
      path: `${connectionPath}?envelope=true`,
      operationId: "getGroupStreamPrivateLinkConnection",
      status: 401,
    },
  ]);
  await mock.stop();
});
