import { expect, test } from "vitest";
import { connectionPath, mockFor } from "../helpers.js";

const origin = "https://docs.example";
const accept = "application/vnd.atlas.2025-03-12+json";

test("Unless it is asked to, no page of another origin may read it", async () => {
  const mock = await mockFor({ auth: "any" });
  const { headers } = await fetch(mock.url + connectionPath, { headers: { accept, origin } });
  expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("A page of another origin may send what a client sends", async () => {
  const mock = await mockFor({ cors: true });
  for (const method of ["GET", "POST", "PATCH", "DELETE"]) {
    const asked = { "access-control-request-method": method, "access-control-request-headers": "accept,authorization" };
    const { status, headers } = await fetch(mock.url + connectionPath, {
      method: "OPTIONS",
      headers: { origin, ...asked },
    });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(headers.get("access-control-allow-methods")).toBe(method);
    expect(headers.get("access-control-allow-headers")).toBe("accept,authorization");
  }
  expect(mock.requests).toEqual([]);
});

test("It may read every answer, and the headers of digest, of limits and of versions", async () => {
  const mock = await mockFor({ cors: true, faults: [{ fault: "rate-limited", credentials: "any", nth: 2 }] });
  for (const status of [401, 429]) {
    const answer = await fetch(mock.url + connectionPath, { headers: { accept, origin } });
    expect(answer.status).toBe(status);
    const { headers } = answer;
    expect(headers.get("access-control-allow-origin")).toBe("*");
    const exposed = headers.get("access-control-expose-headers")?.toLowerCase().split(", ");
    for (const name of [
      "www-authenticate",
      "retry-after",
      "ratelimit-limit",
      "ratelimit-remaining",
      "x-error-code",
      "date",
    ])
      expect(exposed).toContain(name);
  }
});

test("A request for options that is no preflight is one for the service", async () => {
  const mock = await mockFor({ auth: "any", cors: true });
  expect((await fetch(mock.url + connectionPath, { method: "OPTIONS" })).status).toBe(405);
});
