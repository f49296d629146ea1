import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Clock } from "../clock.js";
import type { Errors } from "../errors.js";
import type { MockRequest } from "../exchange.js";
import { dated, firstHalf, type Outcome, secondHalf, send, sendHalf, sending, type Wire } from "../wire.js";
import type { Fault, Reset, Slow, Stalled, Truncated } from "./fault.js";
import { replyTo } from "./reply.js";

export interface Scene {
  readonly request: MockRequest;
  readonly response: ServerResponse;
  /** The true answer. */
  readonly truth: Wire;
  readonly errors: Errors;
  readonly clock: Clock;
}

/** A reset that follows bytes too closely looks like an orderly end to whoever reads them. */
const resetDelayMs = 20;

/** What a fault makes of a request. */
export function inflict(fault: Fault, { request, response, truth, errors, clock }: Scene): Outcome {
  const afterTruth = (carryOut: Outcome["carryOut"]): Outcome => ({ status: truth.status, carryOut });
  switch (fault.kind) {
    case "reset":
      return reset(fault, response, truth);
    case "stalled":
      return stalled(fault, response, truth);
    case "truncated":
      return afterTruth(() => sendTruncated(fault, response, truth));
    case "bytes":
      return { status: undefined, carryOut: () => void response.socket?.end(fault.bytes) };
    case "slow":
      return afterTruth(() => sendLate(fault, response, truth, clock));
    default:
      return sending(response, dated(replyTo(request, fault, errors, clock), clock));
  }
}

function reset({ when }: Reset, response: ServerResponse, truth: Wire): Outcome {
  const carryOut = () => void response.socket?.resetAndDestroy();
  if (when !== "in-body") return { status: undefined, carryOut };
  return {
    status: truth.status,
    async carryOut() {
      await sendHalf(response, truth);
      await setTimeout(resetDelayMs);
      carryOut();
    },
  };
}

function stalled({ when }: Stalled, response: ServerResponse, truth: Wire): Outcome {
  if (when !== "in-body") return { status: undefined, carryOut: () => {} };
  return { status: truth.status, carryOut: () => sendHalf(response, truth) };
}

async function sendTruncated({ length }: Truncated, response: ServerResponse, truth: Wire): Promise<void> {
  if (length === "half") return send(response, cut(truth));
  await sendHalf(response, truth);
  response.socket?.end();
}

function cut({ status, headers, bytes }: Wire): Wire {
  return {
    status,
    headers: { ...headers, "content-length": String(firstHalf(bytes).length) },
    bytes: firstHalf(bytes),
  };
}

async function sendLate(
  { delayMs = 1000, part }: Slow,
  response: ServerResponse,
  truth: Wire,
  clock: Clock,
): Promise<void> {
  if (part === "body") await sendHalf(response, truth);
  await lapse(clock, delayMs, response);
  if (part === "body") response.end(secondHalf(truth.bytes));
  else send(response, truth);
}

/** Waits by the clock, but no longer than there is somebody to answer. */
function lapse(clock: Clock, delayMs: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.schedule(resolve, delayMs);
    response.once("close", () => {
      callOff();
      resolve();
    });
  });
}
