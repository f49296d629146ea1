import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordLine, startRecord } from "../../src/command/record.js";
import type { Fault } from "../../src/index.js";
import { ask, connectionPath, mockFor, newFolder } from "../helpers.js";

function newFile(): string {
  return join(newFolder(), "requests.jsonl");
}

/** What is recorded of a request. */
function recorded(part: object): { path: string; headers: Record<string, string>; body?: unknown } {
  return JSON.parse(recordLine({ method: "POST", path: "/", headers: {}, at: 0, ...part }));
}

const secret = "a+Secret/of=mine";

test.each([
  ["authorization", secret, "…"],
  ["authorization", `Token ${secret}`, "…"],
  ["authorization", `Bearer ${secret}`, "Bearer …"],
  ["authorization", `digest ${secret}`, "digest …"],
  ["proxy-authorization", `Basic ${secret}`, "…"],
  ["cookie", `a=${secret}`, "…"],
  ["x-api-key", secret, "…"],
  ["x-something-of-a-gateway", secret, "…"],
  ["referer", `https://a/?token=${secret}`, "…"],
])("Of the header %s: %s it keeps %s", (name, value, kept) => {
  expect(recorded({ headers: { accept: "*/*", [name]: value } }).headers).toEqual({ accept: "*/*", [name]: kept });
});

test.each([
  ["/api/oauth/token?client_secret=S&grant_type=a", "/api/oauth/token?client_secret=…&grant_type=a"],
  ["/a?client%5Fsecret=S&b", "/a?client%5Fsecret=…&b"],
  ["/a?CLIENT-SECRET=S;access_token=S#", "/a?CLIENT-SECRET=…;access_token=…"],
  ["/a?apiKey=S&x_api_key=S&password=S&?pwd=S", "/a?apiKey=…&x_api_key=…&password=…&?pwd=…"],
  ["http://user:S@host/a?pretty", "http://…@host/a?pretty"],
  ["/a?pretty&itemsPerPage=5&foo=a%20b", "/a?pretty&itemsPerPage=5&foo=a%20b"],
])("Of the path %s it keeps %s", (path, kept) => {
  expect(recorded({ path }).path).toBe(kept);
});

test.each([
  [
    { client_secret: secret, arn: "a" },
    { client_secret: "…", arn: "a" },
  ],
  [
    { a: [{ privateKey: { x: secret } }], b: null },
    { a: [{ privateKey: "…" }], b: null },
  ],
  [`grant_type=client_credentials&client_secret=${secret}`, "grant_type=client_credentials&client_secret=…"],
  [`token=${secret}&token_type_hint=access_token`, "token=…&token_type_hint=access_token"],
  [`{"client_secret":"${secret}","a":1}`, '{"client_secret":"…","a":1}'],
  [`{"client_secret":"${secret}"`, "…"],
  [`--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--x--`, "…"],
  ["plain words", "plain words"],
  ["here is mdb_sa_sk_0123456789-abc, see", "here is mdb_sa_sk_…, see"],
  [
    { provider: "AWS", authenticationScheme: "IAM" },
    { provider: "AWS", authenticationScheme: "IAM" },
  ],
])("Of the body %j it keeps %j, on any path", (body, kept) => {
  expect(recorded({ path: "/api/anything", body }).body).toEqual(kept);
  expect(recorded({ path: "/api//oauth/token/", body }).body).toEqual(kept);
});

test("A line is one line, and nothing in it moves a terminal's cursor", () => {
  const hostile = "\u001b[2J\u009b\u2028\r\n\u202e\u{e0001}";
  const line = recordLine({ method: "POST", path: `/${hostile}`, headers: { accept: hostile }, body: hostile, at: 0 });
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(JSON.parse(line)).toMatchObject({ path: `/${hostile}`, headers: { accept: hostile }, body: hostile });
});

test("Only its owner can read the file, even one that was there", () => {
  const file = newFile();
  startRecord(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, "before");
  chmodSync(file, 0o644);
  startRecord(file);
  expect([statSync(file).mode & 0o777, readFileSync(file, "utf8")]).toEqual([0o600, ""]);
});

/** The status of an answer, as soon as its headers are here; "none" if there are none. */
function statusOf(url: string): Promise<number | string> {
  return new Promise((resolve) => {
    const outgoing = request(url + connectionPath, { agent: false }, (answer) => {
      resolve(answer.statusCode ?? "none");
      outgoing.destroy();
    });
    outgoing.on("error", () => resolve("none")).end();
  });
}

test.each([
  undefined,
  { kind: "unexpected-error" },
  { kind: "rate-limited" },
  { kind: "html" },
  { kind: "truncated" },
  { kind: "reset" },
  { kind: "reset", when: "in-body" },
  { kind: "stalled", when: "in-body" },
  { kind: "slow", part: "body", delayMs: 60_000 },
  { kind: "bytes", bytes: "nothing of HTTP" },
] as const satisfies readonly (Fault | undefined)[])("The line is there before the answer: %j", async (fault) => {
  const file = newFile();
  const faults = fault ? [{ fault, credentials: "any" as const }] : [];
  const { url } = await mockFor({ onAnswer: startRecord(file), auth: "any", faults });
  const status = await statusOf(url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).status ?? "none")).toEqual([status]);
});

test("What arrived knows its status when its answer is there", async () => {
  const mock = await mockFor({ auth: "any" });
  await ask(mock, "GET", connectionPath);
  expect(mock.requests).toMatchObject([{ status: 200 }]);
});
