import { isDeepStrictEqual } from "node:util";
import { AtlasError, type ClientOptions } from "@atlas-streams/client";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, kinds } from "../test/honest/clients.js";
import { type HostileRequest, type HostileServer, startHostileServer } from "../test/honest/hostile-server.js";
import { callRaw, operations } from "../test/honest/operations.js";
import { expectNoSecret } from "../test/honest/secrets.js";
import { type HostileAnswer, type Ordeal, ordeals } from "./hostile-answers.js";
import { isPlain, worthOf } from "./promise.js";
import { render, withEchoes } from "./render.js";

/** How many hostile answers are given to each kind of credential, at least. `pnpm fuzz` gives many more. */
const answersWanted = Number(process.env.FUZZ_RUNS ?? 400) / kinds.length;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const limits = { timeoutMs: 150, deadlineMs: 600, retry: { attempts: 3, baseDelayMs: 1, maxDelayMs: 4 } };
/** What a slow machine may add to a deadline before it counts as a hang. */
const graceMs = 4000;

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

/** What the server did, and what the client made of it. */
interface Course {
  readonly given: { api: HostileAnswer[]; others: number };
  readonly outcomes: readonly { readonly settled: PromiseSettledResult<unknown>; readonly tookMs: number }[];
  readonly reason: object;
}

async function live(kind: (typeof kinds)[number], ordeal: Ordeal, options: ClientOptions): Promise<Course> {
  const operation = operations[ordeal.operation] ?? operations[0];
  if (!operation) throw new Error("there are no operations");
  const given: Course["given"] = { api: [], others: 0 };

  function inTurn(answers: readonly HostileAnswer[], honest: HostileAnswer, note: (answer: HostileAnswer) => void) {
    let turn = 0;
    return (request: HostileRequest) => {
      // Bytes end their connection. A request that was under way on it by then gets no answer: the client has to send it again.
      if (!request.socket.writable) return;
      const answer = withEchoes(answers[turn++] ?? honest, request.headers.authorization ?? "", request.body);
      note(answer);
      if (answer.kind === "reset") request.socket.resetAndDestroy();
      if (answer.kind === "raw") request.bytes(Buffer.from(answer.bytes, "latin1"));
      if (answer.kind === "spoken") request.bytes(Buffer.from(render(answer), "latin1"));
    };
  }
  const other = () => void given.others++;
  server.behave({
    token: inTurn(ordeal.token, spoken(200, { access_token: "an-honest-token-at-last", expires_in: 3600 }), other),
    // Who lets a stranger in has answered the call.
    stranger: inTurn(ordeal.stranger, challenged, (answer) => given.api.push(answer)),
    revoke: inTurn(ordeal.revoke, spoken(200, {}), other),
    api: inTurn(ordeal.api, spoken(operation.example.status, operation.example.value ?? {}), (answer) =>
      given.api.push(answer),
    ),
  });

  const reason = { aborted: true };
  const abort = new AbortController();
  const timer =
    ordeal.abortAfterMs === undefined ? undefined : setTimeout(() => abort.abort(reason), ordeal.abortAfterMs);
  const atlas = connect(kind, server, options);
  const outcomes = [
    await timed(
      callRaw(atlas, operation, { signal: abort.signal }).then(({ data, error }) =>
        error ? Promise.reject(error) : data,
      ),
    ),
    await timed(atlas.close()),
  ];
  clearTimeout(timer);
  return { given, outcomes, reason };
}

function spoken(status: number, value: unknown): HostileAnswer {
  return {
    kind: "spoken",
    status,
    headers: [["content-type", "application/json"]],
    body: JSON.stringify(value),
    framing: "length",
  };
}

const challenged: HostileAnswer = {
  kind: "spoken",
  status: 401,
  headers: [["www-authenticate", 'Digest realm="MMS Public API", nonce="an-honest-nonce", qop="auth", algorithm=MD5']],
  body: "",
  framing: "length",
};

async function timed(work: Promise<unknown>) {
  const startedAt = performance.now();
  const [settled] = await Promise.allSettled([work]);
  return { settled, tookMs: performance.now() - startedAt };
}

/** Fails where a client lied, hung, threw what is no error of its own, or showed a secret. */
function judge({ given, outcomes, reason }: Course, ordeal: Ordeal): void {
  const operation = operations[ordeal.operation] ?? operations[0];
  if (!operation) throw new Error("there are no operations");
  const [call, close] = outcomes;
  for (const { settled, tookMs } of outcomes) {
    expect(tookMs, "no hang").toBeLessThan(limits.deadlineMs + graceMs);
    if (settled.status === "rejected") {
      if (settled.reason !== reason && !isServiceWord(settled.reason))
        expect(settled.reason).toBeInstanceOf(AtlasError);
      expectNoSecret(settled.reason, server, ...(operation.example.body ? [operation.example.body] : []));
    }
  }
  if (call?.settled.status === "fulfilled") {
    const { value } = call.settled;
    expect(
      given.api.some((answer) => couldMean(answer, value)),
      `no lie: ${JSON.stringify(value)}`,
    ).toBe(true);
  }
  // An honest login and one plain answer that keeps the promise: then the truth has to get through.
  const [first] = ordeal.api;
  const isHonestLogin = ordeal.token.length === 0 && ordeal.stranger.length === 0 && ordeal.abortAfterMs === undefined;
  if (isHonestLogin && first?.kind === "spoken" && isPlain(first)) {
    const [answer] = given.api;
    const worth = answer?.kind === "spoken" ? worthOf(answer, operation) : undefined;
    if (worth) expect(call?.settled, "no false alarm").toEqual({ status: "fulfilled", value: worth.value });
  }
  expect(close?.settled.status === "fulfilled" || close?.settled.reason instanceof AtlasError).toBe(true);

  function couldMean(answer: HostileAnswer, value: unknown): boolean {
    if (answer.kind === "spoken") {
      const worth = operation && worthOf(answer, operation);
      return worth !== undefined && isDeepStrictEqual(worth.value, value);
    }
    // Bytes that were tampered with can still be an answer: then the value stands in them after a head that says success.
    if (answer.kind !== "raw" || !/HTTP\/1\.[01] +2\d\d/.test(answer.bytes)) return false;
    const text = Buffer.from(answer.bytes, "latin1").toString();
    if (value === undefined) return operation?.answer === "nothing";
    return candidates(text).some((candidate) => isDeepStrictEqual(candidate, value));
  }
}

/** raw hands on an error body of the service's as it is. */
function isServiceWord(reason: unknown): boolean {
  return typeof reason === "object" && reason !== null && Object.getPrototypeOf(reason) === Object.prototype;
}

/** Every JSON value that begins and ends somewhere in a text's bodies. */
function candidates(text: string): unknown[] {
  const found: unknown[] = [];
  for (let from = text.indexOf("{"); from >= 0; from = text.indexOf("{", from + 1)) {
    for (let to = text.lastIndexOf("}"); to > from; to = text.lastIndexOf("}", to - 1)) {
      try {
        found.push(JSON.parse(text.slice(from, to + 1)));
      } catch {
        // not from here to there
      }
    }
  }
  return found;
}

describe.each(kinds)("with %s", (kind) => {
  test(`at least ${answersWanted} hostile answers meet no lie, no hang, no stray error and no secret shown`, {
    timeout: Math.max(60_000, answersWanted * 100),
  }, async () => {
    let answers = 0;
    let calls = 0;
    let values = 0;
    let aborted = 0;
    const startedAt = performance.now();
    while (answers < answersWanted) {
      await fc.assert(
        fc.asyncProperty(ordeals(operations.length), async (ordeal) => {
          const course = await live(kind, ordeal, limits);
          judge(course, ordeal);
          calls++;
          answers += course.given.api.length + course.given.others;
          if (course.outcomes[0]?.settled.status === "fulfilled") values++;
          else if (course.outcomes[0]?.settled.reason === course.reason) aborted++;
        }),
        { seed: seed + calls, numRuns: 50, verbose: 0 },
      );
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `fuzz with ${kind}: seed ${seed}, ${answers} hostile answers to ${calls} calls in ${seconds} s; ` +
        `${values} values, ${calls - values - aborted} errors, ${aborted} aborts, no lie`,
    );
  });
});
