import { channel } from "node:diagnostics_channel";
import { type AtlasClient, createClient, digest, serviceAccount } from "@atlas-streams/client";
import { context, type Tracer } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { traceAtlas } from "../../client/examples/open-telemetry.js";
import { kinds } from "../test/honest/clients.js";
import { type HostileRequest, type HostileServer, startHostileServer } from "../test/honest/hostile-server.js";
import { callRaw, getOne, methodOf, operations } from "../test/honest/operations.js";
import { everythingIn } from "../test/honest/secrets.js";
import type { CredentialKind } from "../test/target.js";
import { honestAnswers, type Keys, type Reflection, reflections, render, type Source } from "./reflections.js";

/** How many answers show what they were asked with, for each kind of credential. `pnpm fuzz` gives many more. */
const wanted = Number(process.env.REFLECTIONS ?? 500) / kinds.length;
/** How many answers are honest, for each kind of credential. */
const honestWanted = Math.ceil(wanted / 5);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const channels = ["request", "response", "retry", "token", "wait", "deprecation"].map((name) =>
  channel(`atlas-streams:${name}`),
);
let told: unknown[] = [];
const note = (message: unknown) => void told.push(message);

const exporter = new InMemorySpanExporter();
const tracer: Tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer(
  "test",
);
let server: HostileServer;
let stopTracing: () => void;

beforeAll(async () => {
  server = await startHostileServer();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  stopTracing = traceAtlas({ tracer });
  for (const each of channels) each.subscribe(note);
});

afterAll(async () => {
  for (const each of channels) each.unsubscribe(note);
  stopTracing();
  context.disable();
  await server.stop();
});

function connect(kind: CredentialKind, keys: Keys): AtlasClient {
  const auth = kind === "digest" ? digest(keys.digest) : serviceAccount(keys.serviceAccount);
  return createClient({ baseUrl: server.url, auth, retry: false });
}

/** What of a request is shown again, and the secrets that it is made of. */
function shownOf(
  request: HostileRequest,
  before: HostileRequest | undefined,
  reflection: Reflection,
  kind: CredentialKind,
): string {
  const { keys, source, cut } = reflection;
  const { authorization = "" } = (source === "earlier credential" && before ? before : request).headers;
  const credential = authorization.slice(authorization.indexOf(" ") + 1);
  const at = cut % Math.max(1, credential.length - shortestRun);
  const shown: { readonly [source in Source]: () => string } = {
    header: () => authorization,
    credential: () => credential,
    "earlier credential": () => credential,
    beginning: () => credential.slice(0, Math.max(shortestRun, credential.length - 1 - (cut % 10))),
    end: () => credential.slice(Math.min(1 + (cut % 10), Math.max(0, credential.length - shortestRun))),
    middle: () => credential.slice(at, at + shortestRun + (cut % 7)),
    key: () => (kind === "digest" ? keys.digest.privateKey : keys.serviceAccount.clientSecret),
    body: () => request.body,
  };
  return shown[source]();
}

const shortestRun = 12;
/** A secret of one to three characters stands in every text. */
const shortestSecret = 4;

/** Everything that was secret in what was sent: keys, tokens, what only the client could make. */
function secretsOf(keys: Keys, kind: CredentialKind, requests: readonly HostileRequest[]): string[] {
  if (kind !== "digest") {
    const { clientId, clientSecret } = keys.serviceAccount;
    return [clientSecret, btoa(`${clientId}:${clientSecret}`), ...keys.tokens];
  }
  const made = requests.flatMap(({ headers: { authorization = "" } }) =>
    [...authorization.matchAll(/(?:response|cnonce)="([^"]+)"/g)].map(([, value = ""]) => value),
  );
  return [keys.digest.privateKey, ...made];
}

/** As this file judges, without a line of the client's: the whole of a short one, any twelve characters in a row of a long one. */
function isShown(secret: string, text: string): boolean {
  if (secret.length < shortestSecret) return false;
  if (secret.length < shortestRun) return text.includes(secret);
  // Any run of that length has a whole block of half of it in it, so most texts are done with after a few of those.
  const half = shortestRun / 2;
  for (let block = 0; block + half <= secret.length; block += half) {
    if (!text.includes(secret.slice(block, block + half))) continue;
    for (let at = Math.max(0, block - half); at <= block && at + shortestRun <= secret.length; at++)
      if (text.includes(secret.slice(at, at + shortestRun))) return true;
  }
  return false;
}

/** What of a request's body must not be shown: the whole, and each value long enough to tell something. */
function bodySecretsOf(requests: readonly HostileRequest[]): string[] {
  return requests.flatMap(({ body, path }) => {
    if (!body || !path.startsWith("/api/atlas/")) return [];
    const values = Object.values<unknown>(JSON.parse(body)).filter((value) => typeof value === "string");
    return [body, ...values].filter(({ length }) => length >= shortestRun);
  });
}

/** Calls in every way there is for the operation, and gives back all that a log could be given of it. */
async function live(
  kind: CredentialKind,
  reflection: Reflection,
): Promise<{ logged: unknown[]; requests: HostileRequest[]; reflected: number }> {
  const { keys } = reflection;
  let reflected = 0;
  let issued = 0;
  const reflect = (request: HostileRequest) => {
    const before = server.requests.filter(({ headers }) => headers.authorization).at(-2);
    reflected++;
    request.bytes(render(reflection, shownOf(request, before, reflection, kind)));
  };
  const issue = ({ answer }: HostileRequest) =>
    answer(200, { access_token: keys.tokens[issued++ % 2], expires_in: 3600, token_type: "Bearer" });
  server.behave(
    reflection.isLogin
      ? { token: reflect, revoke: reflect, ...(kind === "digest" && { api: reflect }) }
      : { api: reflect, token: issue },
  );
  told = [];
  exporter.reset();
  const atlas = connect(kind, keys);
  const operation = operations[reflection.operation];
  // What a method resolves with is the service's own; what raw calls an error is one.
  const fail = ({ error }: { readonly error?: unknown }) => (error ? Promise.reject(error) : undefined);
  const work = () =>
    Promise.allSettled(
      operation ? [callRaw(atlas, operation).then(fail), methodOf(operation)?.(atlas)] : [waitFor(atlas)],
    );
  const outcomes = await tracer.startActiveSpan("caller", (span) => work().finally(() => span.end()));
  await atlas.close();
  const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  return { logged: [errors, told, spans], requests: [...server.requests], reflected };
}

function waitFor(atlas: AtlasClient): Promise<unknown> {
  const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
  return atlas.privateLinkConnections.waitUntilDone({ groupId, connectionId }, { intervalMs: 1, timeoutMs: 20 });
}

/** What stands in every text of these tests, whatever a server says: names of files, of operations, of the service. */
async function everydayTextOf(kind: CredentialKind): Promise<string> {
  const keys: Keys = {
    serviceAccount: { clientId: "I", clientSecret: "S" },
    digest: { publicKey: "p", privateKey: "P" },
    tokens: ["T", "T"],
  };
  const texts: string[] = [];
  for (const status of [400, 401, 200])
    for (let operation = 0; operation <= operations.length; operation++) {
      const reflection: Reflection = {
        keys,
        source: "key",
        place: { kind: "phrase" },
        spelling: "plain",
        status,
        frame: ["", ""],
        isLogin: false,
        operation,
        cut: 0,
      };
      const { logged } = await live(kind, reflection);
      texts.push(everythingIn(logged));
    }
  return texts.join("\n");
}

describe.each(kinds)("with %s", (kind) => {
  test(`of at least ${wanted} answers that show what they were asked with, none gets a secret into what is logged`, {
    timeout: Math.max(240_000, wanted * 300),
  }, async () => {
    const everyday = await everydayTextOf(kind);
    let count = 0;
    let calls = 0;
    const startedAt = performance.now();
    while (count < wanted) {
      await fc.assert(
        fc.asyncProperty(reflections(operations.length), async (reflection) => {
          const { logged, requests, reflected } = await live(kind, reflection);
          const text = everythingIn(logged);
          const secrets = secretsOf(reflection.keys, kind, requests).filter((secret) => !isShown(secret, everyday));
          expect(secrets.filter((secret) => isShown(secret, text))).toEqual([]);
          expect(bodySecretsOf(requests).filter((secret) => text.includes(secret))).toEqual([]);
          count += reflected;
          calls++;
        }),
        { seed: seed + calls, numRuns: 100, verbose: 0 },
      );
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `reflections with ${kind}: seed ${seed}, ${count} answers showed what they were asked with, to ${calls} clients in ${seconds} s; none got a secret into an error, its JSON, a channel or a span`,
    );
  });

  test(`of ${honestWanted} answers that show nothing of what they were asked with, 99 of 100 keep their errorCode and detail whole`, {
    timeout: Math.max(240_000, honestWanted * 300),
  }, async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(
        honestAnswers(operations.length),
        async ({ keys, operation: index, trivialBody, status, ...body }) => {
          const operation = operations[index] ?? getOne;
          const own =
            trivialBody && operation.example.body
              ? { ...operation, example: { ...operation.example, body: {} } }
              : operation;
          server.behave({
            token: ({ answer }) => answer(200, { access_token: keys.tokens[0], token_type: "Bearer" }),
            api: ({ answer }) => answer(status, body),
          });
          const { error } = await callRaw(connect(kind, keys), own);
          const { errorCode, detail } = error as { readonly errorCode?: unknown; readonly detail?: unknown };
          if (errorCode === body.errorCode && detail === body.detail) whole++;
        },
      ),
      { seed, numRuns: honestWanted, verbose: 0 },
    );
    const share = whole / honestWanted;
    console.log(
      `honest answers with ${kind}: seed ${seed}, ${whole} of ${honestWanted} kept errorCode and detail whole, ${(share * 100).toFixed(2)} %`,
    );
    expect(share).toBeGreaterThanOrEqual(0.99);
  });
});
