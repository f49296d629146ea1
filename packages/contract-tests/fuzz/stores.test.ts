import {
  type AtlasClient,
  AtlasError,
  createClient,
  credentialsFromEnvironment,
  digest,
  serviceAccount,
  type TokenStore,
} from "@atlas-streams/client";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HostileServer, startHostileServer } from "../test/honest/hostile-server.js";
import { call, getOne } from "../test/honest/operations.js";
import { everythingIn } from "../test/honest/secrets.js";

/** How many stores, and how many inputs of credentials, are tried. `pnpm fuzz` tries more. */
const wanted = Math.ceil(Number(process.env.FUZZ_RUNS ?? 400) / 2);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

let server: HostileServer;
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  server = await startHostileServer();
  process.on("unhandledRejection", note);
});

afterAll(async () => {
  process.off("unhandledRejection", note);
  await server.stop();
});

const secret = "mdb_sa_sk_tell-nobody_about-this-1";
const storedToken = "a-token-that-a-store-has-kept";

/** What a store may do when it is called. */
type Deed =
  | { readonly kind: "gives"; readonly value: unknown }
  | { readonly kind: "throws" | "rejects"; readonly value: unknown }
  | { readonly kind: "hangs" }
  | { readonly kind: "works"; readonly times: number; readonly value: unknown }
  | { readonly kind: "honest" };

const time = fc.oneof(
  fc.constantFrom<unknown>(
    9e15,
    1e13,
    8.64e15 + 1,
    -1,
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "soon",
    null,
    1n,
    {},
    undefined,
  ),
  fc.double(),
  fc.constant(Date.now() + 3_600_000),
);

const almostToken = fc.record(
  {
    accessToken: fc.oneof(
      fc.constantFrom<unknown>(
        storedToken,
        `${storedToken}\r\nx-injected: yes`,
        "",
        "two words",
        "ünicode",
        42,
        null,
        {},
        [storedToken],
        "x".repeat(100_000),
      ),
      fc.string(),
    ),
    expiresAt: time,
    renewAt: time,
    extra: fc.anything(),
  },
  { requiredKeys: [] },
);

/** Looks like a token until somebody looks. */
const trap = fc.constantFrom("accessToken", "expiresAt", "renewAt").map((name) =>
  Object.defineProperty({ accessToken: storedToken }, name, {
    get: () => {
      throw new Error(`${secret}: do not look`);
    },
  }),
);

/** A token that is another one each time somebody looks. */
const changing = fc.constant({}).map(() => {
  let looks = 0;
  return Object.defineProperty({}, "accessToken", {
    get: () => (looks++ ? `${storedToken}\nx-injected: yes` : storedToken),
  });
});

const value = fc.oneof(
  { weight: 3, arbitrary: almostToken },
  {
    weight: 2,
    arbitrary: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    }),
  },
  { weight: 1, arbitrary: trap },
  { weight: 1, arbitrary: changing },
);

const failure = fc.oneof(
  value,
  fc.string().map((text) => Object.assign(new Error(`${text} ${secret}`), { command: secret, code: secret })),
);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("gives" as const), value }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("throws" as const, "rejects" as const), value: failure }) },
  { weight: 1, arbitrary: fc.constant({ kind: "hangs" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("works" as const), times: fc.integer({ min: 1, max: 3 }), value }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: "honest" as const }) },
);

function storeOf(get: Deed, set: Deed, lock: Deed): TokenStore {
  const kept = new Map<string, unknown>();
  const does = (each: Deed, honest: () => unknown, work?: () => Promise<unknown>): unknown => {
    if (each.kind === "gives") return each.value;
    if (each.kind === "throws") throw each.value;
    if (each.kind === "rejects") return Promise.reject(each.value);
    if (each.kind === "hangs") return new Promise(() => {});
    if (each.kind === "works" && work)
      return (async () => {
        for (let time = 0; time < each.times; time++) await work();
        return each.value;
      })();
    return honest();
  };
  return {
    get: (key) => does(get, async () => kept.get(key)),
    set: (key, token) => does(set, async () => void kept.set(key, token)),
    lock: (_key, work) => does(lock, work, work),
  } as TokenStore;
}

function connect(store: TokenStore): AtlasClient {
  const auth = serviceAccount({ clientId: "mdb_sa_id_0123456789abcdef01234567", clientSecret: secret, store });
  return createClient({ baseUrl: server.url, auth, retry: false, deadlineMs: 60 });
}

test(`of ${wanted} token stores, whatever they give back, none gets anything but an error of the client's out of a call`, {
  timeout: Math.max(60_000, wanted * 400),
}, async () => {
  let errors = 0;
  await fc.assert(
    fc.asyncProperty(deed, deed, deed, async (get, set, lock) => {
      server.behave({});
      const atlas = connect(storeOf(get, set, lock));
      const startedAt = performance.now();
      const outcomes = [
        ...(await Promise.allSettled([call(atlas, getOne), call(atlas, getOne)])),
        ...(await Promise.allSettled([atlas.close()])),
      ];
      expect(performance.now() - startedAt, "no hang").toBeLessThan(5000);
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") continue;
        errors++;
        expect(outcome.reason).toBeInstanceOf(AtlasError);
        expect(everythingIn(outcome.reason)).not.toContain(secret);
      }
      for (const { headers } of server.calls) {
        expect(headers.authorization).toMatch(/^Bearer [\x21-\x7e]+$/);
        expect(headers.authorization).not.toMatch(/undefined|null|NaN|\[object/);
        expect(headers).not.toHaveProperty("x-injected");
      }
    }),
    { seed, numRuns: wanted, verbose: 0 },
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
  console.log(`stores: seed ${seed}, ${wanted} stores, ${errors} errors, all of them the client's own`);
});

const input = fc.oneof(
  value,
  trap,
  fc.anything(),
  fc.record(
    {
      clientId: fc.anything(),
      clientSecret: fc.oneof(fc.string(), fc.anything()),
      publicKey: fc.oneof(fc.string(), fc.anything()),
      privateKey: fc.anything(),
      store: fc.anything(),
    },
    { requiredKeys: [] },
  ),
  fc.constant(
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("do not look");
        },
      },
    ),
  ),
  fc.dictionary(
    fc
      .constantFrom(
        "CLIENT_ID",
        "CLIENT_SECRET",
        "PUBLIC_KEY",
        "PRIVATE_KEY",
        "PUBLIC_API_KEY",
        "PRIVATE_API_KEY",
        "BASE_URL",
      )
      .map((name) => `MONGODB_ATLAS_${name}`),
    fc.oneof(fc.string({ unit: "binary" }), fc.anything()),
  ),
);

test(`of ${wanted} inputs of credentials, each makes credentials or is refused by an error of the client's, which does not show it`, () => {
  const takers = [
    serviceAccount,
    digest,
    credentialsFromEnvironment,
    (auth: unknown) => createClient({ auth, baseUrl: server.url } as never),
  ];
  fc.assert(
    fc.property(input, fc.string({ minLength: 12 }), (given, pasted) => {
      for (const take of takers) refusedByUs(() => take(given as never));
      for (const take of [serviceAccount, digest])
        refusedByUs(
          () =>
            take({
              clientId: `${pasted}\n`,
              clientSecret: pasted,
              publicKey: pasted,
              privateKey: `"${pasted}"`,
            } as never),
          pasted,
        );
    }),
    { seed, numRuns: wanted, verbose: 0 },
  );
});

function refusedByUs(attempt: () => unknown, secretOfOurs?: string): void {
  try {
    attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(AtlasError);
    if (secretOfOurs) expect((error as Error).message).not.toContain(secretOfOurs);
  }
}
