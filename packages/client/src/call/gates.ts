import { remainingOf } from "../answer/rate-limit.js";
import type { Call } from "./call.js";
import { Gate, type GateSettings } from "./gate.js";
import type { Answer, PlainRequest } from "./layer.js";

/** A project is near its limit when so many times the requests that the client may have under way would use up what is left. */
const nearness = 2;

/** The gates of a client: one for each project that is at its limit of requests, or near it. There is none while nobody needs it. */
export class Gates {
  readonly #settings: GateSettings;
  readonly #gates = new Map<string, Gate>();
  readonly #underWay = new Map<Call, PlainRequest>();

  constructor(settings: GateSettings) {
    this.#settings = settings;
  }

  /** The gate that a call has to pass, where there is one. */
  find(call: Call, request: PlainRequest): Gate | undefined {
    if (this.#gates.size === 0) return undefined;
    this.#dropUnneeded();
    return this.#gates.get(keyOf(call, request));
  }

  /** Counts a call as under way. It has passed the gate, if there is one, and has to leave. */
  enter(call: Call, request: PlainRequest): void {
    this.#underWay.set(call, request);
  }

  leave(call: Call, request: PlainRequest): void {
    this.#underWay.delete(call);
    if (this.#gates.size > 0) this.#gates.get(keyOf(call, request))?.leave();
  }

  /** Takes what an answer says of the limit. */
  learn(call: Call, request: PlainRequest, answer: Answer): void {
    const remaining = answer.status === 429 ? 0 : remainingOf(answer.headers);
    const isNear = remaining !== undefined && remaining < nearness * this.#settings.places;
    if (!isNear && this.#gates.size === 0) return;
    const key = keyOf(call, request);
    const gate = this.#gates.get(key) ?? (isNear ? this.#put(key) : undefined);
    gate?.learn(answer);
  }

  #put(key: string): Gate {
    const own = [...this.#underWay].filter(([call, request]) => keyOf(call, request) === key);
    const gate = new Gate(this.#settings, own.length);
    this.#gates.set(key, gate);
    return gate;
  }

  /** Each call looks at one that is still needed, and drops those that are not on the way to it. */
  #dropUnneeded(): void {
    for (const [key, gate] of this.#gates) {
      this.#gates.delete(key);
      if (!gate.isNeeded) continue;
      this.#gates.set(key, gate); // behind the others, so that these have their turn
      return;
    }
  }
}

/** What the service counts by: a project, and of that the part that the operation is about. */
function keyOf({ operation: { path } }: Call, { url }: PlainRequest): string {
  const segments = url.replace(/\?.*/, "").split("/");
  const below = path.includes("{") ? path.slice(path.indexOf("{")).split("/").length - 2 : 0;
  return segments.slice(0, segments.length - Math.max(0, below)).join("/");
}
