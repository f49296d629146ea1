/// <reference lib="esnext.disposable" preserve="true" />
import { accountDetails } from "./account-details.js";
import { type Clock, systemClock } from "./clock.js";
import { collectionsOf } from "./collections/collection.js";
import { collectionOperations } from "./collections/operations.js";
import { createStore } from "./collections/store.js";
import { checkGiven } from "./connections/check-given.js";
import { createConnections, type MockConnection } from "./connections/connections.js";
import { connectionKinds } from "./connections/kinds.js";
import { connectionOperations } from "./connections/operations.js";
import type { Scenario } from "./connections/scenario.js";
import { controlActions } from "./control/actions.js";
import { createControl, isControl } from "./control/control.js";
import { movable } from "./control/movable-clock.js";
import { type MockCredentials, mockCredentials } from "./credentials/credentials.js";
import { createDigest } from "./credentials/digest.js";
import { createGate, openGate } from "./credentials/gate.js";
import { tokenOperations } from "./credentials/token-operations.js";
import { createTokens } from "./credentials/tokens.js";
import { type Errors, errorsOf } from "./errors.js";
import { createFate } from "./fate.js";
import type { FaultRule } from "./faults/fault.js";
import type { MockRequest } from "./mock-request.js";
import { headersOf } from "./operations.js";
import type { MockLimits, MockOptions } from "./options.js";
import { prism as startPrism } from "./prism.js";
import { createBuckets } from "./rate.js";
import { createRequestLog } from "./request-log.js";
import { serving } from "./serve.js";
import { listen } from "./server.js";
import { createService } from "./service.js";

/** A mock that runs. */
export interface Mock {
  /** Where it is: the API and the token endpoint, `http://127.0.0.1:PORT`, or `https` with the option `tls`. */
  readonly url: string;
  /** The authority behind its certificate, in PEM, for clients to trust; absent without `tls`. */
  readonly ca?: string;
  /** What logs in. */
  readonly credentials: MockCredentials;
  /** What arrived, in order, the requests for tokens included. */
  readonly requests: readonly MockRequest[];
  /** What it remembers, to be looked at, saved and loaded. */
  readonly state: MockState;
  /**
   * From now on these faults, and no others; counting begins anew.
   *
   * @throws TypeError that says what is wrong with them
   */
  setFaults(rules: readonly FaultRule[]): void;
  /**
   * From now on this scenario, and no other; counting begins anew. What a connection has begun it goes on with; what
   * begins next, by a create, an update or a delete, is as the new scenario has it.
   *
   * @throws TypeError that says what is wrong with it
   */
  setScenario(scenario: Scenario): void;
  /**
   * As it began: the connections, scenario and faults of the start, ids and counters from the first again, full buckets,
   * and no requests. A token or a nonce that somebody holds stays good: `state.forgetLogins()` ends those.
   */
  reset(): Promise<void>;
  /** Ends it at once, with every connection that is open. */
  stop(): Promise<void>;
  /** `await using mock = await startMock()` stops it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What the mock remembers. */
export interface MockState {
  /** The connections of all projects that were asked about, as they stand now: plain JSON. Looking is not a read. */
  save(): MockConnection[];
  /**
   * From now on these connections, and no others; the `nth` of lives begin anew.
   *
   * @throws TypeError if the description does not allow one of them
   */
  load(connections: readonly MockConnection[]): Promise<void>;
  /** Forgets every token and every nonce, as a restart of the service would. */
  forgetLogins(): void;
}

/**
 * Starts a mock of the Private Link API in this process.
 *
 * @throws TypeError that says what is wrong with the options, or the error of the system if the port is taken
 * @example
 * ```ts
 * const mock = await startMock({ scenario: { lives: [{ of: { vendor: "MSK" }, fails: "No such cluster." }] } });
 * const response = await fetch(`${mock.url}/api/oauth/token`, { method: "POST" });
 * console.log(response.status, mock.requests.length);
 * await mock.stop();
 * ```
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const prism = await startPrism(options?.description);
  prism.checks.options(options);
  const { auth = "check", challengeBody = "error-code" } = options;
  const clock = movable(options.clock ?? systemClock);
  const { seed = 1, scenario = {}, faults = [], limits = {} } = options;
  const { onAnswer = () => {}, onAnswered = () => {} } = options;
  const projects = options.projects && new Set(options.projects);
  await checkGiven(options.connections ?? [], projects, prism);

  const errors = errorsOf(prism.operations);
  const { digest, tokens, tokenRequests } = credentialsOf(limits, clock, errors);
  const buckets = limits.rate === false ? undefined : createBuckets({ ...errors.describedRate, ...limits.rate }, clock);
  const kinds = connectionKinds(prism.operations);
  const fate = createFate({ seed, scenario, faults, states: kinds.states });
  const connections = createConnections({
    given: options.connections,
    examples: kinds.examples,
    identity: kinds.identity,
    lives: fate.lives,
    clock,
    random: fate.random,
  });

  const store = createStore(options.connections === undefined);
  const kept = {
    ...connectionOperations({ connections, kinds, errors, isInUse: store.isNamed }),
    ...accountDetails(errors),
  };
  const collections = collectionsOf(prism.operations, (id) => id in kept);

  const service = createService({
    prism,
    errors,
    gate: auth === "any" ? openGate : createGate({ digest, tokens, errors, challengeBody }),
    challenge: () => digest.challenge(false),
    projects,
    buckets,
    ownOrigin: () => server.url,
    behaviours: {
      ...tokenRequests.behaviours,
      ...collectionOperations({ collections, store, prism, errors, random: fate.random }),
      ...kept,
    },
  });

  const log = createRequestLog(clock, options.keepRequests);
  const exposed = options.cors ? [...headersOf(prism.operations), "Date"] : undefined;
  const serve = serving({ service, log, errors, clock, faults: fate.faults, onAnswer, onAnswered });
  const server = await listen(options, exposed, (arrival) =>
    isControl(arrival.incoming) ? control(arrival) : serve(arrival),
  );

  const mock: Mock = {
    url: server.url,
    ...(server.ca !== undefined && { ca: server.ca }),
    credentials: mockCredentials,
    requests: log.requests,
    state: {
      save: connections.save,
      async load(given) {
        prism.checks.connections(given);
        await checkGiven(given, projects, prism);
        fate.recount();
        connections.load(given);
        store.reset();
      },
      forgetLogins() {
        digest.forget();
        tokens.forget();
      },
    },
    setFaults(rules) {
      prism.checks.faults(rules);
      fate.setFaults(rules);
    },
    setScenario(told) {
      prism.checks.scenario(told);
      fate.setScenario(told);
      connections.relive();
    },
    async reset() {
      for (const part of [fate, connections, store, buckets]) part?.reset();
      tokenRequests.recount();
      log.clear();
    },
    stop: server.close,
    [Symbol.asyncDispose]: server.close,
  };
  const { checks } = prism;
  const control = createControl({
    actions: controlActions({ mock, checks, clock, setSeed: fate.setSeed, clearRequests: log.clear }),
    about: () => ({ url: mock.url, credentials: mock.credentials }),
    isForPages: options.cors ?? false,
  });
  return mock;
}

/** What logs in, and how far it gets. */
function credentialsOf(limits: MockLimits, clock: Clock, errors: Errors) {
  const { tokenLifetimeSeconds = 3600, liveTokens = 100, tokenRequestsPerMinute = Infinity } = limits;
  const { digest: key, serviceAccount: account } = mockCredentials;
  const digest = createDigest({ key, clock, nonceLifetimeMs: limits.nonceLifetimeMs ?? 300_000 });
  const tokens = createTokens({ account, clock, lifetimeSeconds: tokenLifetimeSeconds, most: liveTokens });
  return {
    digest,
    tokens,
    tokenRequests: tokenOperations({ tokens, errors, clock, perMinute: tokenRequestsPerMinute }),
  };
}
