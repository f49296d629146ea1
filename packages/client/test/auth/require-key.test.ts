import { describe, expect, test } from "vitest";
import { credentialsFromEnvironment, digest, InvalidArgumentError, serviceAccount } from "../../src/index.js";

const key = "5ec4e7b0-0000-4000-8000-00005ec4e7b0";

const ways: readonly (readonly [name: string, give: (value: string) => unknown])[] = [
  ["serviceAccount: clientId", (clientId) => serviceAccount({ clientId, clientSecret: key })],
  ["serviceAccount: clientSecret", (clientSecret) => serviceAccount({ clientId: "id", clientSecret })],
  ["digest: publicKey", (publicKey) => digest({ publicKey, privateKey: key })],
  ["digest: privateKey", (privateKey) => digest({ publicKey: "public", privateKey })],
  [
    "digest: publicKey",
    (MONGODB_ATLAS_PUBLIC_API_KEY) =>
      credentialsFromEnvironment({ MONGODB_ATLAS_PUBLIC_API_KEY, MONGODB_ATLAS_PRIVATE_API_KEY: key }),
  ],
  [
    "digest: privateKey",
    (MONGODB_ATLAS_PRIVATE_KEY) =>
      credentialsFromEnvironment({ MONGODB_ATLAS_PUBLIC_KEY: "public", MONGODB_ATLAS_PRIVATE_KEY }),
  ],
  [
    "serviceAccount: clientSecret",
    (MONGODB_ATLAS_CLIENT_SECRET) =>
      credentialsFromEnvironment({ MONGODB_ATLAS_CLIENT_ID: "id", MONGODB_ATLAS_CLIENT_SECRET }),
  ],
];

function complaintOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidArgumentError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

describe.each(ways)("%s", (name, give) => {
  test("is taken as it should be", () => {
    expect(give(key)).toBeTruthy();
  });

  test.each([
    [`${key}\n`, "a line break"],
    [`${key}\r\n`, "a line break"],
    [`\n${key}`, "a line break"],
    [`5ec4e7b0\n0000`, "a line break"],
    [`${key}\\n`, "a line break that somebody has escaped"],
    [`"${key}"`, "quotes round it"],
    [`„${key}“`, "quotes round it"],
    [`'${key}'`, "quotes round it"],
    [`“${key}”`, "quotes round it"],
    [`"${key}"\n`, "a line break"],
    [` ${key}`, "a blank"],
    [`${key}\t`, "a blank"],
    [`\ufeff${key}`, "a blank"],
    [`${key}\u200b`, "cannot be seen"],
    [`${key}\0`, "cannot be seen"],
  ])("is refused at once as %j, in a sentence that says why and does not show it", (value, why) => {
    const complaint = complaintOf(() => give(value));
    expect(complaint).toContain(name);
    expect(complaint).toContain(why);
    expect(complaint).not.toContain("5ec4e7b0");
  });
});
