import { systemClock } from "./clock.js";
import { type MockCredentials, mockCredentials } from "./credentials/credentials.js";
import { createDigest } from "./credentials/digest.js";
import { createGate, openGate } from "./credentials/gate.js";
import { tokenOperations } from "./credentials/token-operations.js";
import { createTokens } from "./credentials/tokens.js";
import { errorsOf } from "./errors.js";
import type { MockRequest } from "./exchange.js";
import type { MockOptions } from "./options.js";
import { startPrism } from "./prism.js";
import { createRequestLog } from "./request-log.js";
import { close, listen, urlOf, wireOf } from "./server.js";
import { createService } from "./service.js";

/** A mock that runs. */
export interface Mock {
  /** Where it is: the API and the token endpoint, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What logs in. */
  readonly credentials: MockCredentials;
  /** What arrived, in order, the requests for tokens included. */
  readonly requests: readonly MockRequest[];
  /** Ends it at once, with every connection that is open. */
  stop(): Promise<void>;
}

/**
 * Starts a mock of the Private Link API in this process.
 *
 * @throws if the port is taken
 * @example
 * ```ts
 * const mock = await startMock();
 * const response = await fetch(`${mock.url}/api/oauth/token`, { method: "POST" });
 * console.log(response.status, mock.requests.length);
 * await mock.stop();
 * ```
 */
export async function startMock({ port = 0, auth = "check", clock = systemClock, limits = {} }: MockOptions = {}): Promise<Mock> {
  const prism = await startPrism();
  const errors = errorsOf(prism.operations);
  const { digest: key, serviceAccount: account } = mockCredentials;
  const { tokenLifetimeSeconds = 3600, liveTokens = 100, tokenRequestsPerMinute = Infinity, nonceLifetimeMs = 300_000 } = limits;
  const digest = createDigest({ key, clock, nonceLifetimeMs });
  const tokens = createTokens({ account, clock, lifetimeSeconds: tokenLifetimeSeconds, most: liveTokens });
  const gate = auth === "any" ? openGate : createGate(digest, tokens, errors);
  const behaviours = tokenOperations({ tokens, errors, clock, perMinute: tokenRequestsPerMinute });
  const service = createService({ prism, errors, gate, behaviours });
  const log = createRequestLog(clock);

  const server = await listen(port, async (arrival) => {
    const entry = log.add(arrival);
    const reception = service.receive(entry.request);
    if ("call" in reception) entry.request.operationId = reception.call.operation.iid ?? "";
    const answer = "answer" in reception ? reception.answer : await service.perform(reception.call, reception.refusal);
    const { headers, bytes } = wireOf(answer);
    entry.request.status = answer.status;
    arrival.response.writeHead(answer.status, headers).end(bytes);
  });

  return { url: urlOf(server), credentials: mockCredentials, requests: log.requests, stop: () => close(server) };
}
