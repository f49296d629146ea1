import type { PrivateLinkConnection } from "@atlas-streams/types";
import { expect, test } from "vitest";
import { mark } from "../../../../src/answer/redact.js";
import { keepSecrets } from "../../../../src/answer/secrets.js";
import { shownConnection, shownState } from "../../../../src/resources/private-link-connections/waiting/shown.js";

const secret = "a-secret-of-some-length";

/** What a look showed, out of an answer that may repeat secrets. */
function sightOf(state: unknown, secrets: readonly string[] = [secret, "DONE"]) {
  const connection = { _id: "a".repeat(24), provider: "AWS", state } as PrivateLinkConnection;
  const source = { results: [connection] };
  keepSecrets(source, () => secrets);
  return { connection, source };
}

test.each([
  ["that the description knows is told as it is, whatever is a secret", "DONE", "DONE"],
  ["that nobody knows is told as well", "PARKED", "PARKED"],
  ["that repeats a secret is told without it", secret, mark],
  ["is none where there is none", undefined, undefined],
  ["that is no text, and holds a secret, is told without it", { is: secret }, { is: mark }],
])("a state %s", (_name, state, told) => {
  expect(shownState(sightOf(state))).toEqual(told);
});

test("a state named like something that every object has is none that the description knows", () => {
  expect(shownState(sightOf("constructor", ["constructor"]))).toBe(mark);
});

test("there is no state where there is no connection, or no answer that it came from", () => {
  expect(shownState({})).toBeUndefined();
  const { connection } = sightOf("PARKED");
  expect(shownState({ connection, source: undefined })).toBe("PARKED");
});

test("a connection is shown without the secrets of the answer that it came out of", () => {
  const { connection, source } = sightOf("IDLE");
  const odd = { ...connection, errorMessage: `It was asked with ${secret}.` };
  expect(shownConnection(odd, source)).toEqual({ ...connection, errorMessage: `It was asked with ${mark}.` });
});
