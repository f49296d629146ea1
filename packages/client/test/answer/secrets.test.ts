import { expect, test } from "vitest";
import { redact } from "../../src/answer/redact.js";
import { secretsOf } from "../../src/answer/secrets.js";

/** What is left of an answer that shows the header. */
function shown(name: string, value: string): string {
  const request = { method: "GET", url: "https://atlas.example", headers: { [name]: value } };
  return redact(`You sent ${value}.`, secretsOf([request]));
}

test.each([
  ["authorization", "Bearer a1b2-c3d4"],
  ["proxy-authorization", "Basic YWxhZGRpbjpzZXNhbWU="],
  ["cookie", "session=a1b2-c3d4-e5f6; theme=dark"],
  ["cookie", "theme=dark; session=a1b2-c3d4-e5f6"],
  ["cookie", "session=a1b2-c3d4-e5f6"],
  ["x-api-key", "a1b2-c3d4-e5f6"],
  ["ocp-apim-subscription-key", "a1b2-c3d4-e5f6"],
  ["x-amz-security-token", "a1b2-c3d4-e5f6"],
])("an answer that shows %s: %s does not show what is secret in it", (name, value) => {
  expect(shown(name, value)).not.toMatch(/a1b2|c3d4|YWxh/);
});

test.each([
  ["accept", "application/vnd.atlas.2023-02-01+json"],
  ["user-agent", "portal/2.1 atlas-streams"],
  ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
])("an answer may show %s: %s", (name, value) => {
  expect(shown(name, value)).toBe(`You sent ${value}.`);
});

test("an answer that shows a password out of the body of a request, which is short or cut, does not show it", () => {
  const body = JSON.stringify({
    name: "k",
    authentication: { password: "hunter2" },
    headers: { Authorization: "S3cr3t-of-the-endpoint" },
  });
  const secrets = secretsOf([{ method: "POST", url: "https://atlas.example", headers: {}, body }]);
  expect(redact("The password hunter2 is wrong.", secrets)).toBe("The password [redacted] is wrong.");
  expect(redact("S3cr3t-of-the-e…", secrets)).toBe("[redacted]");
  expect(redact("There is a connection k.", secrets)).toBe("There is a connection k.");
});

test("a password or a key that is empty is no secret", () => {
  const body = JSON.stringify({ name: "orders", password: "" });
  const headers = { "x-api-key": "" };
  const secrets = secretsOf([{ method: "POST", url: "https://atlas.example", headers, body }]);
  expect(redact("No such user.", secrets)).toBe("No such user.");
});
