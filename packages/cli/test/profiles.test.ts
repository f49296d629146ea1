import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Mock } from "@atlas-streams/mock";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type Environment, groupId, hasPython, homeOf, inTerminal, run, withMock } from "./support/command.js";

const list = ["private-link", "list", "-o", "json"];

function configOf({ HOME = "" }: Environment): string {
  return join(HOME, ".config/atlas-streams/config.yaml");
}

function write(env: Environment, profiles: unknown, mode = 0o600): string {
  const file = configOf(env);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof profiles === "string" ? profiles : stringify({ profiles }));
  chmodSync(file, mode);
  return file;
}

const profileOf = ({ url, credentials }: Mock) => ({ ...credentials.serviceAccount, projectId: groupId, baseUrl: url });

test("Credentials, project and base URL come from the profile default, or the one that is named", async () => {
  const { mock } = await withMock({ connections: [] });
  const env = homeOf();
  const { publicKey, privateKey } = mock.credentials.digest;
  write(env, { default: profileOf(mock), keys: { publicKey, privateKey, projectId: groupId, baseUrl: mock.url } });
  expect(await run(list, env)).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(await run([...list, "--profile", "keys"], env)).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(mock.requests.at(-1)?.headers.authorization).toMatch(/^Digest /);
  const missing = await run([...list, "-P", "other"], env);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("There is no profile other in ");
  expect(missing.stderr).toContain("there are default, keys. Make it: atlas-streams login --profile other");
});

test("The environment goes before the profile default, and a profile that is named before the environment", async () => {
  const { mock, env } = await withMock({ connections: [] });
  const other = "d".repeat(24);
  write(env, {
    default: { ...profileOf(mock), clientSecret: "wrong" },
    named: { ...profileOf(mock), projectId: other },
  });
  expect((await run(list, env)).code).toBe(0);
  await run([...list, "--profile", "named"], env);
  expect(mock.requests.at(-1)?.path).toContain(other);
});

describe("A file that is not right is refused in one sentence, without what is in it", () => {
  test.each([
    [
      "readable by others",
      { default: { clientId: "mdb_sa_id_x", clientSecret: "mdb_sa_sk_secret" } },
      0o644,
      "holds secrets, and others can read it (mode 644). Make it yours alone: chmod 600 ",
    ],
    ["no YAML", "profiles: [", 0o600, "is no YAML: "],
    ["without profiles", "clientSecret: mdb_sa_sk_secret\n", 0o600, "has no profiles. It begins with "],
    [
      "with an unknown field",
      { default: { clientid: "x" } },
      0o600,
      "the profile default has a field clientid; there are clientId, clientSecret,",
    ],
    [
      "with a number",
      { default: { projectId: 1 } },
      0o600,
      "projectId of the profile default is no text. Put it in quotes.",
    ],
    [
      "with half of a pair",
      { default: { clientSecret: "mdb_sa_sk_secret", projectId: groupId } },
      0o600,
      "the profile default has half of a pair.",
    ],
  ])("%s", async (_how, content, mode, sentence) => {
    const env = homeOf();
    write(env, content, mode);
    const { code, stdout, stderr } = await run(list, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain("mdb_sa_sk_secret");
  });
});

test("login refuses to ask where nobody can answer", async () => {
  const { code, stderr } = await run(["login"], homeOf());
  expect(code).toBe(2);
  expect(stderr).toContain("login asks questions, and there is nobody to answer.");
});

describe.skipIf(!hasPython)("in a terminal", () => {
  async function answer(
    env: Environment,
    url: string,
    answers: readonly (readonly [string, string])[],
    words: readonly string[] = [],
  ) {
    const terminal = inTerminal(["login", "--baseUrl", url, ...words], env);
    for (const [question, text] of answers) {
      await expect.poll(() => terminal.screen(), { timeout: 60_000 }).toContain(question);
      terminal.type(`${text}\r`);
    }
    return { code: await terminal.ended, screen: await terminal.screen(), raw: terminal.raw() };
  }

  test("login asks, shows no secret, checks, and writes a file for its owner alone, beside the profiles that were there", async () => {
    const { mock } = await withMock({ connections: [] });
    const env = homeOf();
    write(env, { old: { projectId: groupId } });
    const { clientId, clientSecret } = mock.credentials.serviceAccount;
    const { code, screen, raw } = await answer(
      env,
      mock.url,
      [
        ["Client ID of a service account", clientId],
        ["Client secret (not shown)", clientSecret],
      ],
      ["--profile", "new", "--projectId", groupId],
    );
    expect(code).toBe(0);
    expect(screen).toContain("Logged in with the service account. The profile new is in ");
    expect(raw).not.toContain(clientSecret);
    expect(statSync(configOf(env)).mode & 0o777).toBe(0o600);
    expect(parse(readFileSync(configOf(env), "utf8")).profiles).toEqual({
      old: { projectId: groupId },
      new: { clientId, clientSecret, projectId: groupId, baseUrl: mock.url },
    });
    expect((await run([...list, "-P", "new"], env)).code).toBe(0);
  });

  test("login writes nothing that the service does not accept", async () => {
    const { mock } = await withMock({ connections: [] });
    const env = homeOf();
    const { code, screen } = await answer(env, mock.url, [
      ["Client ID of a service account", mock.credentials.digest.publicKey],
      ["Private key (not shown)", "wrong"],
      ["Project ID", ""],
    ]);
    expect(code).toBe(4);
    expect(screen).toContain("401");
    expect(existsSync(configOf(env))).toBe(false);
  });
});
