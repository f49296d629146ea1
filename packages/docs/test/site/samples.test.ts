// The samples of the HTTP reference, run as they stand against the mock.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Mock, startMock } from "@atlas-streams/mock";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operations } from "../../site/http/description.mjs";
import { curl, typescript } from "../../site/http/samples.mjs";
import { docs, root, run } from "../workplace.js";

const folder = join(docs, ".blocks/samples");
const compiled = join(folder, "compiled");

const noCurl = (await run("curl", ["--version"])).code !== 0;
if (noCurl) console.log("There is no curl here, so its samples are not run.");

let mock: Mock;
let environment: Record<string, string>;
beforeEach(async () => {
  mock = await startMock(); // a new one, since a sample may delete what the next one reads
  const { digest, serviceAccount } = mock.credentials;
  environment = {
    MONGODB_ATLAS_BASE_URL: mock.url,
    MONGODB_ATLAS_CLIENT_ID: serviceAccount.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: serviceAccount.clientSecret,
    MONGODB_ATLAS_PUBLIC_KEY: digest.publicKey,
    MONGODB_ATLAS_PRIVATE_KEY: digest.privateKey,
  };
});
afterEach(() => mock.stop());

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const operation of operations) await writeFile(join(folder, `${operation.id}.ts`), typescript(operation));
});

test("each sample in TypeScript is what the client takes", async () => {
  const settings = {
    extends: relative(folder, join(root, "tsconfig.base.json")),
    compilerOptions: { noEmit: false, rootDir: ".", outDir: relative(folder, compiled) },
    include: ["*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const { stdout } = await run("tsc", ["--project", folder]);
  expect(stdout).toBe("");
});

describe("a sample calls its operation, and the mock answers with success", () => {
  test.each(operations)("$id, in TypeScript", async ({ id }) => {
    const { code, stderr } = await run("node", [join(compiled, `${id}.js`)], { env: environment });
    expect(code, stderr).toBe(0);
    expect(answersTo(id)).toEqual(expect.arrayContaining([expect.stringMatching(/^2/)]));
  });

  test.skipIf(noCurl).each(operations)("$id, with curl", async (operation) => {
    const { code, stderr } = await run("sh", ["-c", curl(operation)], { env: environment });
    expect(code, stderr).toBe(0);
    expect(answersTo(operation.id)).toEqual(expect.arrayContaining([expect.stringMatching(/^2/)]));
  });
});

/** The statuses that an operation was answered with. */
function answersTo(id: string): string[] {
  return mock.requests.filter(({ operationId }) => operationId === id).map(({ status }) => String(status));
}
