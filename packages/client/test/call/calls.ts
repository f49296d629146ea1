import { startClock } from "@atlas-streams/testing";
import {
  createGroupStreamPrivateLinkConnection as create,
  getGroupStreamPrivateLinkConnection as getOne,
} from "@atlas-streams/types";
import type { Network } from "../../src/call/attempt.js";
import { Call, type CallSettings } from "../../src/call/call.js";
import type { Clock } from "../../src/call/clock.js";
import { Gates } from "../../src/call/gates.js";
import { Identity } from "../../src/call/identity.js";
import type { Answer, PlainRequest } from "../../src/call/layer.js";
import { Queue } from "../../src/call/queue.js";

/** An operation that may be repeated, and one that may not. */
export { create, getOne };

export const groupId = "32b6e34b3d91647abb20e7b8";
export const connectionId = "32b6e34b3d91647abb20e7b9";
const baseUrl = "http://127.0.0.1:1";

/** A call that reads a connection, has half a minute for an attempt and ten for all, and a clock of its own that stands still; one that was sent so often already. */
export function aCall(overrides: Partial<CallSettings> = {}, timesSent = 0): Call {
  const call = new Call({
    operation: getOne,
    client: new Identity(),
    clock: startClock(),
    abort: undefined,
    timeoutMs: 30_000,
    deadlineMs: 600_000,
    limits: {},
    secrets: () => [],
    ...overrides,
  });
  for (let times = 0; times < timesSent; times++) call.sent.push(aRequest());
  return call;
}

/** The request that reads that connection. */
export function aRequest(overrides: Partial<PlainRequest> = {}): PlainRequest {
  const url = `${baseUrl}/api/atlas/v2/groups/${groupId}/streams/privateLinkConnections/${connectionId}`;
  return { method: "GET", url, headers: {}, ...overrides };
}

/** An answer that has been read to its end. */
export function anAnswer(status: number, headers: { readonly [name: string]: string } = {}, body?: unknown): Answer {
  const text = body === undefined ? "" : JSON.stringify(body);
  return { status, statusText: "", headers: new Headers(headers), bytes: new TextEncoder().encode(text), text };
}

/** The network of a client that has room for so many calls at once. It gets nowhere unless it is given a transport. */
export function aNetwork({ clock, places = 50, ...overrides }: Partial<Network> & NetworkSettings): Network {
  const retry = { attempts: 4, baseDelayMs: 250, maxDelayMs: 20_000 };
  return {
    transport: { tellsWhatLeft: true, send: () => new Promise(() => {}), close() {} },
    queue: new Queue(places),
    gates: new Gates({ clock, places, retry }),
    maxAnswerBytes: 16 * 1024 ** 2,
    ...overrides,
  };
}

interface NetworkSettings {
  readonly clock: Clock;
  readonly places?: number;
}
