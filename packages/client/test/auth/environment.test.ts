import { describe, expect, test } from "vitest";
import { createClient, credentialsFromEnvironment } from "../../src/index.js";
import { account, list, startTokenService } from "./token-service.js";

const id = { MONGODB_ATLAS_CLIENT_ID: account.clientId };
const secret = { MONGODB_ATLAS_CLIENT_SECRET: account.clientSecret };
const publicKey = { MONGODB_ATLAS_PUBLIC_KEY: "abcdefgh" };
const privateKey = { MONGODB_ATLAS_PRIVATE_KEY: "5ec4e7b0-0000-4000-8000-00005ec4e7b0" };
const publicApiKey = { MONGODB_ATLAS_PUBLIC_API_KEY: "ijklmnop" };
const privateApiKey = { MONGODB_ATLAS_PRIVATE_API_KEY: "5ec4e7b0-0000-4000-8000-00005ec4e7b1" };

/** Which kind of login a client begins with that has these variables. */
async function loginBy(environment: { readonly [name: string]: string }): Promise<string | undefined> {
  const { auth } = credentialsFromEnvironment(environment);
  if (!auth) return undefined;
  const { connect, seen } = startTokenService({
    api: ({ authorization }) =>
      authorization
        ? Response.json({ results: [], totalCount: 0 })
        : new Response(null, {
            status: 401,
            headers: { "www-authenticate": 'Digest realm="r", nonce="n", qop="auth"' },
          }),
  });
  await list(connect({ auth }));
  return seen.token[0]?.authorization ?? /username="(\w+)"/.exec(seen.api.at(-1)?.authorization ?? "")?.[1];
}

const basic = `Basic ${btoa(`${account.clientId}:${account.clientSecret}`)}`;

describe("the environment", () => {
  test.each([
    [{ ...id, ...secret }, basic],
    [{ ...id, ...secret, ...publicKey, ...privateKey }, basic],
    [{ ...publicKey, ...privateKey }, "abcdefgh"],
    [{ ...publicApiKey, ...privateApiKey }, "ijklmnop"],
    [{ ...publicKey, ...privateKey, ...publicApiKey, ...privateApiKey }, "abcdefgh"],
    [{ ...publicKey, ...publicApiKey, ...privateApiKey }, "ijklmnop"],
    [{ ...publicKey, ...privateApiKey }, "abcdefgh"],
    [{ ...id, MONGODB_ATLAS_CLIENT_SECRET: "", MONGODB_ATLAS_CLIENT_ID: "", ...publicKey, ...privateKey }, "abcdefgh"],
  ])("logs in by what there is: %#", async (environment, login) => {
    expect(await loginBy(environment)).toBe(login);
  });

  test.each([
    [id, "MONGODB_ATLAS_CLIENT_ID is set, but MONGODB_ATLAS_CLIENT_SECRET is not."],
    [secret, "MONGODB_ATLAS_CLIENT_SECRET is set, but MONGODB_ATLAS_CLIENT_ID is not."],
    [
      { ...publicKey, MONGODB_ATLAS_PRIVATE_KEY: "" },
      "MONGODB_ATLAS_PUBLIC_KEY is set, but MONGODB_ATLAS_PRIVATE_KEY or MONGODB_ATLAS_PRIVATE_API_KEY is not.",
    ],
    [
      privateApiKey,
      "MONGODB_ATLAS_PRIVATE_API_KEY is set, but MONGODB_ATLAS_PUBLIC_KEY or MONGODB_ATLAS_PUBLIC_API_KEY is not.",
    ],
  ])("with half of a pair is refused: %#", (environment, message) => {
    expect(() => credentialsFromEnvironment(environment)).toThrow(message);
  });

  test("with nothing has nothing", () => {
    expect(credentialsFromEnvironment({})).toEqual({ auth: undefined, baseUrl: undefined });
    expect(credentialsFromEnvironment({ MONGODB_ATLAS_BASE_URL: "" }).baseUrl).toBeUndefined();
  });

  test("says where", () => {
    expect(credentialsFromEnvironment({ MONGODB_ATLAS_BASE_URL: "https://x.example" }).baseUrl).toBe(
      "https://x.example",
    );
  });

  test("is the process', where none is given, and may be missing as a whole", () => {
    const { process } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, "process");
      expect(() => createClient()).toThrow("There are no credentials");
    } finally {
      Object.assign(globalThis, { process });
    }
  });
});
