import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Clock } from "../clock.js";
import type { Errors } from "../errors.js";
import type { MockRequest } from "../exchange.js";
import { dated, firstHalf, secondHalf, send, sendHalf, type Wire } from "../wire.js";
import type { Fault, Slow } from "./fault.js";
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

/** Lets a fault happen to a request. Gives the status that goes out, if one does. */
export async function inflict(
  fault: Fault,
  { request, response, truth, errors, clock }: Scene,
): Promise<number | undefined> {
  switch (fault.kind) {
    case "reset":
      if (fault.when === "in-body") {
        await sendHalf(response, truth);
        await setTimeout(resetDelayMs);
      }
      response.socket?.resetAndDestroy();
      return fault.when === "in-body" ? truth.status : undefined;
    case "stalled":
      if (fault.when === "in-body") await sendHalf(response, truth);
      return fault.when === "in-body" ? truth.status : undefined;
    case "truncated":
      if (fault.length === "half") send(response, cut(truth));
      else {
        await sendHalf(response, truth);
        response.socket?.end();
      }
      return truth.status;
    case "bytes":
      response.socket?.end(fault.bytes);
      return undefined;
    case "slow":
      await sendLate(fault, response, truth, clock);
      return truth.status;
    default:
      return send(response, dated(replyTo(request, fault, errors, clock), clock));
  }
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
