import { type MovingClock, startClock } from "@atlas-streams/testing";
import type { CallSettings } from "../../src/call/call.js";
import { Gate } from "../../src/call/gate.js";
import type { ResolvedRetry } from "../../src/call/options.js";
import { aCall, anAnswer } from "./calls.js";

export const [second, minute, hour] = [1000, 60_000, 3_600_000];

export interface World {
  readonly gate: Gate;
  readonly clock: MovingClock;
  /** The names of those who have passed, in their order. */
  readonly passed: string[];
  /** What the others were refused with. */
  readonly refused: { [name: string]: unknown };
  /** Comes to the gate; tells whether it passed at once. */
  come(name: string, settings?: Partial<CallSettings>, sent?: number): boolean;
}

interface Given {
  readonly underWay?: number;
  readonly places?: number;
  readonly retry?: Partial<ResolvedRetry>;
}

export function start({ underWay = 0, places = 50, retry }: Given = {}): World {
  const clock = startClock();
  const gate = new Gate(
    { clock, places, retry: { attempts: 4, baseDelayMs: 0, maxDelayMs: 20_000, ...retry } },
    underWay,
  );
  const passed: string[] = [];
  const refused: { [name: string]: unknown } = {};
  const come: World["come"] = (name, settings, sent = 0) => {
    const call = aCall({ clock, deadlineMs: 10 * hour, ...settings }, sent);
    const waiting = gate.pass(call);
    if (!waiting) passed.push(name);
    waiting?.then(
      () => passed.push(name),
      (reason: unknown) => {
        refused[name] = reason;
        call.end();
      },
    );
    return !waiting;
  };
  return { gate, clock, passed, refused, come };
}

/** A refusal, as the service makes it. */
export const refusal = (waitSeconds?: number, refillSeconds?: number) =>
  anAnswer(
    429,
    waitSeconds === undefined ? {} : { "retry-after": String(waitSeconds) },
    refillSeconds && { errorCode: "RATE_LIMITED_TOKEN_BUCKET", parameters: ["", 0, 0, 0, refillSeconds] },
  );
export const success = (remaining?: number) =>
  anAnswer(200, remaining === undefined ? {} : { "ratelimit-remaining": String(remaining) });

/** Leaves with an answer. */
export function answer({ gate }: World, given = success()): void {
  gate.learn(given);
  gate.leave();
}

/** Lets a bit less time pass, and then that bit; gives who had passed before, and after it. */
export async function passExactly({ clock, passed }: World, milliseconds: number): Promise<[string[], string[]]> {
  await clock.pass(milliseconds - 1);
  const before = [...passed];
  await clock.pass(1);
  return [before, [...passed]];
}
