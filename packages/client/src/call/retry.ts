import type { Operation } from "@atlas-streams/types";
import { ConnectionError, TimeoutError } from "../answer/errors.js";
import { parseJson } from "../answer/json.js";
import { retryAfterMs } from "../answer/rate-limit.js";
import { isTransientStatus } from "../answer/transient.js";
import type { Call } from "./call.js";
import { type Clock, monotonicNow, sleep } from "./clock.js";
import { naming, retries } from "./events.js";
import type { Answer, Layer } from "./layer.js";
import type { ResolvedRetry } from "./options.js";

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
      const outcome = await settle(next(request));
      if (isLast || !mayRepeat(operation, outcome)) return unwrap(outcome);
      const asked = outcome.answer && retryAfterMs(outcome.answer.headers, parseJson(outcome.answer.text), clock.now());
      const leftMs = deadlineAt - monotonicNow(clock) - (asked ?? 0);
      if (leftMs <= 0) return unwrap(outcome);
      const bound = Math.min(maxDelayMs, baseDelayMs * 2 ** (sent - 1), leftMs / 2); // half of what is left is for the attempt
      const delayMs = (asked ?? 0) + Math.random() * bound;
      if (retries.hasSubscribers)
        retries.publish({
          ...naming(operation, call.client),
          attempt: sent,
          delayMs,
          status: outcome.answer?.status,
          error: outcome.error,
        });
      await sleep(clock, delayMs, call.signal);
    }
  };
}

type Outcome =
  | { readonly answer: Answer; readonly error?: never }
  | { readonly answer?: never; readonly error: unknown };

async function settle(answer: Promise<Answer>): Promise<Outcome> {
  try {
    return { answer: await answer };
  } catch (error) {
    return { error };
  }
}

function unwrap({ answer, error }: Outcome): Answer {
  if (answer) return answer;
  throw error;
}

function mayRepeat(operation: Operation, { answer, error }: Outcome): boolean {
  if (answer) return answer.status === 429 || (operation.repeatable && isTransientStatus(answer.status));
  // The login has retries of its own, so what it could not mend is final: its errors name another operation.
  const isOwn = (error instanceof ConnectionError || error instanceof TimeoutError) && error.path === operation.path;
  return isOwn && (error.unsent || operation.repeatable);
}
