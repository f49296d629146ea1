import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import type { Fault, Mock, MockOptions } from "../../src/index.js";
import { ask, connectionPath, mockFor, movingClock } from "../helpers.js";

function mockWith(fault: Fault, options: MockOptions = {}): Promise<Mock> {
  return mockFor({ auth: "any", faults: [{ fault, nth: 1 }], ...options });
}

/** All that comes over the wire, and how it ends. */
async function rawAnswer(mock: Mock): Promise<{ text: string; end: "closed" | "reset" | "open" }> {
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.write(
    `GET ${connectionPath} HTTP/1.1\r\nHost: localhost\r\nAccept: application/vnd.atlas.2025-03-12+json\r\n\r\n`,
  );
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  const end = await Promise.race([
    once(socket, "end").then(
      () => "closed" as const,
      () => "reset" as const,
    ),
    new Promise<"open">((resolve) => setTimeout(resolve, 1000, "open")),
  ]);
  socket.destroy();
  return { text, end };
}

/** The headers and the body of an answer as it came over the wire. */
function parts(text: string): { head: string; body: string; length: number } {
  const [head = "", body = ""] = text.split("\r\n\r\n");
  return { head, body, length: Number(/content-length: (\d+)/i.exec(head)?.[1]) };
}

test("429 with the wait in seconds, as a date, and only in the body", async () => {
  const clock = movingClock();
  const inSeconds = await ask(await mockWith({ kind: "rate-limited", retryAfterSeconds: 7 }), "GET", connectionPath);
  expect(inSeconds.headers.get("retry-after")).toBe("7");
  const asDate = await ask(
    await mockWith({ kind: "rate-limited", retryAfterSeconds: 7, header: "date" }, { clock }),
    "GET",
    connectionPath,
  );
  expect(asDate.headers.get("retry-after")).toBe("Thu, 01 Jan 2026 00:00:07 GMT");
  const silent = await ask(
    await mockWith({ kind: "rate-limited", retryAfterSeconds: 7, header: "none" }),
    "GET",
    connectionPath,
  );
  expect(silent.headers.has("retry-after")).toBe(false);
  for (const { status, headers, body } of [inSeconds, asDate, silent]) {
    expect(status).toBe(429);
    expect([headers.get("ratelimit-limit"), headers.get("ratelimit-remaining")]).toEqual(["1200", "0"]);
    expect(body).toMatchObject({
      errorCode: "RATE_LIMITED_TOKEN_BUCKET",
      parameters: [connectionPath.slice(1), 7, 1200, 500, 60],
    });
    expect(body.detail).toBe(
      `Rate limit exceeded for ${connectionPath.slice(1)}. Please retry after 7 seconds. Request capacity: 1200. Refill rate: 500 per 60 seconds.`,
    );
  }
});

test("503 and 500 with an error body", async () => {
  const unavailable = await ask(await mockWith({ kind: "unavailable", retryAfterSeconds: 3 }), "GET", connectionPath);
  expect(unavailable).toMatchObject({ status: 503, body: { error: 503, errorCode: "SERVICE_UNAVAILABLE" } });
  expect(unavailable.headers.get("retry-after")).toBe("3");
  const unexpected = await ask(await mockWith({ kind: "unexpected-error" }), "GET", connectionPath);
  expect(unexpected).toMatchObject({ status: 500, body: { error: 500, errorCode: "UNEXPECTED_ERROR" } });
});

test("An empty answer, announced or chunked, with any status", async () => {
  const announced = await ask(await mockWith({ kind: "empty" }), "GET", connectionPath);
  expect([announced.status, announced.text, announced.headers.get("content-length")]).toEqual([502, "", "0"]);
  const chunked = await ask(await mockWith({ kind: "empty", status: 200, length: "chunked" }), "GET", connectionPath);
  expect([chunked.status, chunked.text, chunked.headers.has("content-length")]).toEqual([200, "", false]);
});

test("A page for people", async () => {
  const page = await ask(await mockWith({ kind: "html", status: 200 }), "GET", connectionPath);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html"]);
  expect(page.text).toContain("<html>");
});

test("Any answer at all", async () => {
  const json = await ask(await mockWith({ kind: "answer", status: 200, body: null }), "GET", connectionPath);
  expect([json.text, json.headers.get("content-type")]).toEqual(["null", "application/json"]);
  const text = await ask(
    await mockWith({ kind: "answer", status: 302, headers: { location: "/x", "x-a": "b" }, body: "{" }),
    "HEAD",
    connectionPath,
  );
  expect(text.status).toBe(405);
  const moved = await fetch(
    (await mockWith({ kind: "answer", status: 302, headers: { location: "/login" } })).url + connectionPath,
    { redirect: "manual" },
  );
  expect([moved.status, moved.headers.get("location")]).toEqual([302, "/login"]);
});

test("Bytes as they are, with headers that come twice, and bytes that are no HTTP", async () => {
  const headers = { "www-authenticate": ["Basic realm=a", "Digest realm=b"] };
  const bytes = await ask(
    await mockWith({ kind: "answer", status: 401, headers, body: new Uint8Array([123, 125]) }),
    "GET",
    connectionPath,
  );
  expect([bytes.text, bytes.headers.get("www-authenticate")]).toEqual(["{}", "Basic realm=a, Digest realm=b"]);
  const noise = await rawAnswer(await mockWith({ kind: "bytes", bytes: "SSH-2.0-mock\r\n" }));
  expect(noise).toEqual({ text: "SSH-2.0-mock\r\n", end: "closed" });
});

test("An answer without a body can end half-way too", async () => {
  const kinds = [
    { kind: "truncated" },
    { kind: "reset", when: "in-body" },
    { kind: "slow", part: "body", delayMs: 1 },
  ] as const;
  for (const fault of kinds) {
    const mock = await mockWith(fault);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const revoking = ask(mock, "POST", "/api/oauth/revoke", { headers: form, body: "token=x" });
    const end = await revoking.catch(() => ({ status: 200 }));
    expect(end.status).toBe(200);
  }
});

test("A reset before the first byte", async () => {
  expect(await rawAnswer(await mockWith({ kind: "reset" }))).toEqual({ text: "", end: "reset" });
});

test("A reset half-way through the body", async () => {
  const { text, end } = await rawAnswer(await mockWith({ kind: "reset", when: "in-body" }));
  expect(end).toBe("reset");
  const { head, body, length } = parts(text);
  expect(head).toContain("200 OK");
  expect(body.length).toBe(Math.floor(length / 2));
});

test("Silence from the start, and silence after half of the body", async () => {
  expect(await rawAnswer(await mockWith({ kind: "stalled" }))).toEqual({ text: "", end: "open" });
  const { text, end } = await rawAnswer(await mockWith({ kind: "stalled", when: "in-body" }));
  const { body, length } = parts(text);
  expect([end, body.length]).toEqual(["open", Math.floor(length / 2)]);
});

test("Half of the body and an orderly end, which HTTP shows or does not", async () => {
  const shown = await rawAnswer(await mockWith({ kind: "truncated" }));
  expect(shown.end).toBe("closed");
  expect(parts(shown.text).body.length).toBe(Math.floor(parts(shown.text).length / 2));
  const hidden = await ask(await mockWith({ kind: "truncated", length: "half" }), "GET", connectionPath).catch(
    (error: unknown) => error,
  );
  expect(hidden).toBeInstanceOf(SyntaxError);
});

test("The true answer comes late, by the mock's clock", async () => {
  const clock = movingClock();
  const mock = await mockWith({ kind: "slow", delayMs: 60_000 }, { clock });
  const answer = ask(mock, "GET", connectionPath);
  await expect.poll(() => mock.requests.length).toBe(1);
  await expect.poll(() => clock.waiting()).toBe(1);
  clock.move(60_000);
  expect((await answer).status).toBe(200);
});

test("The second half of the body comes late", async () => {
  const clock = movingClock();
  const mock = await mockWith({ kind: "slow", part: "body" }, { clock });
  const response = await fetch(mock.url + connectionPath, {
    headers: { accept: "application/vnd.atlas.2025-03-12+json" },
  });
  const body = response.json();
  await expect.poll(() => clock.waiting()).toBe(1);
  clock.move(1000);
  expect(await body).toMatchObject({ state: "DONE" });
});

test("A caller who leaves takes the wait along", async () => {
  const clock = movingClock();
  const mock = await mockWith({ kind: "slow" }, { clock });
  const leaving = new AbortController();
  const answer = fetch(mock.url + connectionPath, {
    signal: leaving.signal,
    headers: { accept: "application/vnd.atlas.2025-03-12+json" },
  });
  await expect.poll(() => clock.waiting()).toBe(1);
  leaving.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => clock.waiting()).toBe(0);
});

test("A mock that stalls can be stopped", async () => {
  const mock = await mockWith({ kind: "stalled" });
  const answer = ask(mock, "GET", connectionPath);
  await expect.poll(() => mock.requests.length).toBe(1);
  await mock.stop();
  await expect(answer).rejects.toThrow();
});
