import { createClient, InvalidArgumentError } from "@atlas-streams/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type HostileServer, startHostileServer } from "./hostile-server.js";
import { call, getOne } from "./operations.js";

let server: HostileServer;

beforeAll(async () => {
  server = await startHostileServer();
});

beforeEach(() => {
  server.behave({});
  for (const name of Object.keys(process.env)) if (name.startsWith("MONGODB_ATLAS_")) vi.stubEnv(name, undefined);
});

afterEach(() => vi.unstubAllEnvs());

afterAll(() => server.stop());

/** Who a client without `auth` logs in as. */
async function userWith(variables: { readonly [name: string]: string }): Promise<string | undefined> {
  for (const [name, value] of Object.entries({ BASE_URL: server.url, ...variables }))
    vi.stubEnv(`MONGODB_ATLAS_${name}`, value);
  await call(createClient(), getOne);
  const [token] = server.tokenRequests;
  if (token) return atob(token.headers.authorization?.replace("Basic ", "") ?? "").split(":")[0];
  return /username="(\w+)"/.exec(server.calls.at(-1)?.headers.authorization ?? "")?.[1];
}

describe("without auth, a client logs in by the environment:", () => {
  const key = "00000000-0000-4000-8000-000000000000";
  const account = { CLIENT_ID: "account", CLIENT_SECRET: "secret" };
  const short = { PUBLIC_KEY: "short", PRIVATE_KEY: key };
  const long = { PUBLIC_API_KEY: "long", PRIVATE_API_KEY: key };

  test.each([
    ["an API key in the API's spelling", short, "short"],
    ["an API key as the Terraform provider and the Atlas CLI spell it", long, "long"],
    ["the shorter spelling first", { ...long, ...short }, "short"],
    ["a pair of one spelling before halves of two", { PUBLIC_KEY: "half", ...long }, "long"],
    [
      "two halves of different spellings, where there are no others",
      { PUBLIC_API_KEY: "mixed", PRIVATE_KEY: key },
      "mixed",
    ],
    ["a service account first of all", { ...long, ...short, ...account }, "account"],
    ["what is empty counts as absent", { ...long, PUBLIC_KEY: "", PRIVATE_KEY: "" }, "long"],
  ])("%s", async (_name, variables, user) => {
    expect(await userWith(variables)).toBe(user);
  });

  test.each([
    ["PUBLIC_API_KEY", ["MONGODB_ATLAS_PRIVATE_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"]],
    ["PUBLIC_KEY", ["MONGODB_ATLAS_PRIVATE_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"]],
    ["PRIVATE_API_KEY", ["MONGODB_ATLAS_PUBLIC_KEY", "MONGODB_ATLAS_PUBLIC_API_KEY"]],
    ["CLIENT_ID", ["MONGODB_ATLAS_CLIENT_SECRET"]],
  ])("%s alone is half of a pair, and the error names each spelling of the other half", (name, others) => {
    vi.stubEnv(`MONGODB_ATLAS_${name}`, "value");
    expect(() => createClient()).toThrow(InvalidArgumentError);
    for (const other of [`MONGODB_ATLAS_${name}`, ...others]) expect(() => createClient()).toThrow(other);
  });

  test("nothing at all is an error that names every variable", () => {
    for (const name of Object.keys({ ...account, ...short, ...long }))
      expect(() => createClient()).toThrow(`MONGODB_ATLAS_${name}`);
  });
});
