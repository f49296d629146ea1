import type { Operation } from "@atlas-streams/types";
import { bodyOf } from "../answer/body.js";
import { ConnectionError, TimeoutError } from "../answer/errors.js";
import { parseJson } from "../answer/json.js";
import type { Call } from "./call.js";
import { type Clock, sleep } from "./clock.js";
import { naming, retries } from "./events.js";
import type { Layer } from "./layer.js";
import type { ResolvedRetry } from "./options.js";
import { retryAfterMs } from "./retry-after.js";

const transientStatuses = new Set([408, 500, 502, 503, 504]);

/**
 * Repeats what may be repeated: anything that provably did nothing (429, a request that never left),
 * and, where the operation is safe to repeat, whatever may pass by itself. Between attempts it waits:
 * as long as the service asks, and on top of that a random part of a bound that doubles.
 */
export function retry(call: Call, options: ResolvedRetry, clock: Clock): Layer {
  const { operation, deadlineAt } = call;
  const { attempts, baseDelayMs, maxDelayMs } = options;
  return (next) => async (request) => {
    for (let sent = 1; ; sent++) {
      const isLast = sent >= attempts;
      const outcome = await settle(next(isLast || !request.body ? request : request.clone()));
      if (isLast || !mayRepeat(operation, outcome)) return unwrap(outcome);
      const asked =
        outcome.response &&
        retryAfterMs(outcome.response.headers, parseJson(await bodyOf(outcome.response)), clock.now());
      const leftMs = deadlineAt - clock.now() - (asked ?? 0);
      if (leftMs <= 0) return unwrap(outcome);
      const bound = Math.min(maxDelayMs, baseDelayMs * 2 ** (sent - 1), leftMs / 2); // half of what is left is for the attempt
      const delayMs = (asked ?? 0) + Math.random() * bound;
      if (retries.hasSubscribers)
        retries.publish({
          ...naming(operation),
          attempt: sent,
          delayMs,
          status: outcome.response?.status,
          error: outcome.error,
        });
      await sleep(clock, delayMs, call.signal);
    }
  };
}

type Outcome =
  | { readonly response: Response; readonly error?: never }
  | { readonly response?: never; readonly error: unknown };

async function settle(answer: Promise<Response>): Promise<Outcome> {
  try {
    return { response: await answer };
  } catch (error) {
    return { error };
  }
}

function unwrap({ response, error }: Outcome): Response {
  if (response) return response;
  throw error;
}

function mayRepeat(operation: Operation, { response, error }: Outcome): boolean {
  if (response) return response.status === 429 || (operation.repeatable && transientStatuses.has(response.status));
  // The login has retries of its own, so what it could not mend is final: its errors name another operation.
  if (error instanceof ConnectionError && error.path === operation.path) return error.unsent || operation.repeatable;
  return error instanceof TimeoutError && error.path === operation.path && operation.repeatable;
}
