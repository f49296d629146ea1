import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createClient, serviceAccount } from "@atlas-streams/client";
import { type MockOptions, startMock } from "@atlas-streams/mock";
import type { Operation } from "@atlas-streams/types";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Part, partOf } from "./part-of.js";

const ours = fileURLToPath(new URL("observatory.yaml", import.meta.url));
const vendors = process.env.ATLAS_DESCRIPTION ?? "";
if (!existsSync(vendors))
  console.log("The vendor's description is not here, so no mock was made from it: ATLAS_DESCRIPTION says where it is.");

const parts = [
  ["the observatory", ours, {}],
  ...(existsSync(vendors) ? ([["the vendor's Streams", vendors, { operations: { tags: ["Streams"] } }]] as const) : []),
] as const;

/** A call whose types are not known before the part is generated. */
type Call = (
  path: string,
  init: object,
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;

const isRead = ({ method }: Operation) => method === "GET" || method === "DELETE";

/** A value for each parameter of a path. */
function valuesFor({ pathParameters }: Operation): Record<string, string> {
  return Object.fromEntries(
    Object.entries(pathParameters).map(([name, pattern]) => {
      const usual = ["32b6e34b3d91647abb20e7b8", "north", "7", "aws"].find((value) => pattern.test(value));
      return [name, usual ?? fc.sample(fc.stringMatching(pattern), { seed: 1, numRuns: 1 })[0] ?? ""];
    }),
  );
}

const values: Readonly<Record<Operation["answer"], (data: unknown) => boolean>> = {
  object: (data) => typeof data === "object" && data !== null && !Array.isArray(data),
  page: (data) => Array.isArray((data as { results?: unknown }).results),
  list: Array.isArray,
  value: (data) => ["boolean", "string", "number"].includes(typeof data),
  bytes: (data) => data instanceof Blob,
  nothing: (data) => data === undefined || typeof data === "object",
};

describe.each(parts)("a mock made from %s", (_name, description, choice) => {
  let part: Part;
  beforeAll(async () => {
    part = await partOf(description, choice);
  }, 120_000);
  afterAll(() => part.remove());

  /** Calls each operation that reads or deletes, with the generated client. */
  async function eachOf(options: MockOptions) {
    await using mock = await startMock({ description: part.file, limits: { rate: false }, ...options });
    const operations = part.operations.filter(isRead);
    const auth = serviceAccount(mock.credentials.serviceAccount);
    await using atlas = createClient({ baseUrl: mock.url, auth, retry: false, operations });
    const outcomes = [];
    for (const operation of operations) {
      const call = atlas.raw[operation.method as "GET" | "DELETE"] as unknown as Call;
      const params = { path: valuesFor(operation), query: part.queryOf(operation) };
      const { data, error, response } = await call(operation.path, { params });
      const asked = mock.requests.at(-1)?.operationId;
      outcomes.push({ operation, data, error, status: response.status, asked });
    }
    return outcomes;
  }

  test("routes every GET and DELETE to its operation, and answers none with a failure of its own", async () => {
    for (const options of [{}, { connections: [] }]) {
      const outcomes = await eachOf(options);
      expect(outcomes.length).toBeGreaterThan(10);
      expect(outcomes.filter(({ operation, asked }) => asked !== operation.operationId)).toEqual([]);
      expect(outcomes.filter(({ status = 500 }) => status >= 500 || status === 406)).toEqual([]);
    }
  });

  test("gives arrays, booleans, strings and bytes as they are described, and the client leaves them so", async () => {
    const outcomes = await eachOf({});
    const wrong = outcomes.filter(
      ({ operation, data, error }) => error === undefined && !values[operation.answer](data),
    );
    expect(wrong).toEqual([]);
    const json = outcomes.filter(({ error, data }) => error === undefined && data !== undefined);
    const unlike = json.filter(({ operation, data }) => !(data instanceof Blob) && !part.isAnswerOf(operation, data));
    expect(unlike.map(({ operation, data }) => [operation.operationId, data])).toEqual([]);
  });

  test("says of what is not there what the service says, whatever the description has for errors", async () => {
    const outcomes = await eachOf({ connections: [] });
    const failed = outcomes.filter(({ error }) => error !== undefined);
    expect(failed.map(({ status }) => status)).toContain(404);
    for (const { status, error } of failed)
      expect(error).toMatchObject({ error: status, errorCode: expect.stringMatching(/^[A-Z_]+$/) });
  });
});
