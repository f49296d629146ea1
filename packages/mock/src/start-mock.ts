import { accountDetails } from "./account-details.js";
import { systemClock } from "./clock.js";
import { checkGiven } from "./connections/check-given.js";
import { createConnections, type MockConnection } from "./connections/connections.js";
import { connectionKinds } from "./connections/kinds.js";
import { connectionOperations } from "./connections/operations.js";
import { createLives } from "./connections/scenario.js";
import { type MockCredentials, mockCredentials } from "./credentials/credentials.js";
import { createDigest } from "./credentials/digest.js";
import { createGate, openGate } from "./credentials/gate.js";
import { tokenOperations } from "./credentials/token-operations.js";
import { createTokens } from "./credentials/tokens.js";
import { errorsOf } from "./errors.js";
import type { FaultRule } from "./faults/fault.js";
import { createFaults } from "./faults/faults.js";
import type { MockRequest } from "./mock-request.js";
import type { MockOptions } from "./options.js";
import { prism as startPrism } from "./prism.js";
import { randomFrom } from "./random.js";
import { createBuckets } from "./rate.js";
import { createRequestLog } from "./request-log.js";
import { serving } from "./serve.js";
import { close, listen, whereIs } from "./server.js";
import { createService } from "./service.js";

/** A mock that runs. */
export interface Mock {
  /** Where it is: the API and the token endpoint, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What logs in. */
  readonly credentials: MockCredentials;
  /** What arrived, in order, the requests for tokens included. */
  readonly requests: readonly MockRequest[];
  readonly state: MockState;
  /** From now on these faults, and no others; counting begins anew. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Ends it at once, with every connection that is open. */
  stop(): Promise<void>;
}

/** What the mock remembers. */
export interface MockState {
  /** The connections of all projects that were asked about, as they stand now: plain JSON. Looking is not a read. */
  save(): MockConnection[];
  /**
   * From now on these connections, and no others.
   *
   * @throws if the description does not allow one of them
   */
  load(connections: readonly MockConnection[]): Promise<void>;
  /** Forgets every token and every nonce, as a restart of the service would. */
  forgetLogins(): void;
}

/**
 * Starts a mock of the Private Link API in this process.
 *
 * @throws if the port is taken, or a connection is given that the description does not allow
 * @example
 * ```ts
 * const mock = await startMock({ scenario: { lives: [{ of: { vendor: "MSK" }, fails: "No such cluster." }] } });
 * const response = await fetch(`${mock.url}/api/oauth/token`, { method: "POST" });
 * console.log(response.status, mock.requests.length);
 * await mock.stop();
 * ```
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const {
    port = 0,
    auth = "check",
    clock = systemClock,
    seed = 1,
    limits = {},
    scenario = {},
    onAnswered = () => {},
  } = options;
  const {
    tokenLifetimeSeconds = 3600,
    liveTokens = 100,
    tokenRequestsPerMinute = Infinity,
    nonceLifetimeMs = 300_000,
    rate,
  } = limits;
  const { digest: key, serviceAccount: account } = mockCredentials;

  const prism = await startPrism();
  await checkGiven(options.connections ?? [], prism);
  const errors = errorsOf(prism.operations);

  const digest = createDigest({ key, clock, nonceLifetimeMs });
  const tokens = createTokens({ account, clock, lifetimeSeconds: tokenLifetimeSeconds, most: liveTokens });

  const kinds = connectionKinds(prism.operations);
  const lives = createLives(scenario, kinds.states);
  const connections = createConnections({
    given: options.connections,
    examples: kinds.examples,
    identity: kinds.identity,
    lives,
    clock,
    random: randomFrom(seed),
  });

  const buckets = rate === false ? undefined : createBuckets({ ...errors.describedRate, ...rate }, clock);
  const { challengeBody = "error-code", projects } = options;
  const service = createService({
    prism,
    errors,
    gate: auth === "any" ? openGate : createGate({ digest, tokens, errors, challengeBody }),
    challenge: () => digest.challenge(false),
    projects: projects && new Set(projects),
    buckets,
    ownOrigin: () => whereIs(server),
    behaviours: {
      ...tokenOperations({ tokens, errors, clock, perMinute: tokenRequestsPerMinute }),
      ...connectionOperations({ connections, kinds, errors }),
      ...accountDetails(errors),
    },
  });

  const log = createRequestLog(clock, options.keepRequests);
  let faults = createFaults(options.faults ?? [], randomFrom(seed));
  const server = await listen(
    port,
    serving({ service, log, errors, clock, faults: (...asked) => faults(...asked), onAnswered }),
  );

  return {
    url: whereIs(server),
    credentials: mockCredentials,
    requests: log.requests,
    state: {
      save: connections.save,
      async load(given) {
        await checkGiven(given, prism);
        connections.load(given);
      },
      forgetLogins() {
        digest.forget();
        tokens.forget();
      },
    },
    setFaults(rules) {
      faults = createFaults(rules, randomFrom(seed));
    },
    stop: () => close(server),
  };
}
