import { RateLimitError } from "../answer/api-error.js";
import { parseJson } from "../answer/json.js";
import { refillMs, remainingOf, retryAfterMs } from "../answer/rate-limit.js";
import { Allowance } from "./allowance.js";
import type { Call } from "./call.js";
import { type Clock, monotonicNow } from "./clock.js";
import type { Answer } from "./layer.js";
import { Line } from "./line.js";
import type { ResolvedRetry } from "./options.js";

/** What the gates of a client have in common. */
export interface GateSettings {
  readonly clock: Clock;
  /** How many requests the client has under way at most. */
  readonly places: number;
  readonly retry: ResolvedRetry;
}

/** How long a project is remembered that was near its limit, where the service does not say how long a refill takes, or nothing that it could mean. */
const rememberedMs = 60_000;
/** The bucket is full again in minutes. Whoever is asked to wait for more than an hour may, but need not make all the others wait. */
const longestAskedMs = 3_600_000;
/** The part of the time between two refills in which a client spends its share, so that each sees what the others take; and the most, since nobody is to run out of time by it. */
const spendingPart = 1 / 12;
const longestSpendingMs = 5_000;

/**
 * Where the calls of a project wait once it is at its limit of requests, or near it: until there is room again, and then
 * for their turn. The first after a refill goes alone and shows how much there is.
 */
export class Gate {
  readonly #settings: GateSettings;
  readonly #allowance = new Allowance();
  readonly #line = new Line();
  #underWay: number;
  /** Nobody passes before. */
  #openAt = Number.NEGATIVE_INFINITY;
  /** Whether there is nothing left until `#openAt`. Else the next is only to keep its distance from the one before. */
  #isShut = false;
  /** A random time on top, so that the clients of a project do not all come back at once. */
  #lateMs = 0;
  /** How often it was shut by a refusal before anybody else came through. */
  #refusals = 0;
  #askedMs = 0;
  /** A moment of a refill, and the time between two, where the service told. */
  #refillAt = 0;
  #refillMs: number | undefined;
  #neededUntil = Number.NEGATIVE_INFINITY;
  #callOff = () => {};

  /** `underWay` is how many calls of the project are under way already. */
  constructor(settings: GateSettings, underWay: number) {
    this.#settings = settings;
    this.#underWay = underWay;
    this.#allowance.sent(underWay);
  }

  get #now(): number {
    return monotonicNow(this.#settings.clock);
  }

  /** Whether somebody waits here or is under way, or what is known here may still be of use. */
  get isNeeded(): boolean {
    return this.#underWay > 0 || !this.#line.isEmpty || this.#now < this.#neededUntil;
  }

  /**
   * Lets a call pass: at once, and then it returns nothing, or when its turn has come. Whoever has passed has to leave.
   * It rejects with what ends the call, and with a `RateLimitError` as soon as it is clear that there is no room before its deadline.
   */
  pass(call: Call): Promise<void> | undefined {
    if (this.#line.isEmpty && this.#isOpen()) {
      this.#admit();
      return undefined;
    }
    return new Promise((pass, refuse) => {
      const waiting = { call, pass, refuse };
      this.#line.add(waiting);
      call.limit.onEnd((reason) => {
        if (!this.#line.delete(waiting)) return;
        refuse(reason);
        this.#serve();
      });
      this.#refuseHopeless();
      this.#serve();
    });
  }

  leave(): void {
    this.#underWay--;
    this.#serve();
  }

  /** Takes what an answer says of the limit. */
  learn(answer: Answer): void {
    if (answer.status === 429) this.#shutBy(answer);
    else {
      this.#refusals = 0;
      this.#allowance.answered(remainingOf(answer.headers), this.#underWay);
    }
    this.#neededUntil = Math.max(this.#openAt, this.#now + (this.#refillMs ?? rememberedMs));
  }

  #shutBy({ headers, text }: Answer): void {
    const body = parseJson(text);
    if (!this.#isShut) this.#refusals++;
    const askedMs = retryAfterMs(headers, body, this.#settings.clock.now()) ?? this.#backoffMs;
    this.#askedMs = askedMs > longestAskedMs ? rememberedMs : askedMs;
    this.#refillMs = refillMs(body) ?? this.#refillMs;
    this.#refillAt = this.#now + this.#askedMs;
    this.#shutUntil(this.#refillAt);
  }

  /** How long to wait where the service does not say, or on top: the longer the more often it has refused. */
  get #backoffMs(): number {
    const { baseDelayMs, maxDelayMs } = this.#settings.retry;
    return Math.min(maxDelayMs, baseDelayMs * 2 ** Math.max(0, this.#refusals - 1));
  }

  #shutUntil(moment: number): void {
    if (!this.#isShut) this.#lateMs = Math.random() * this.#backoffMs;
    this.#isShut = true;
    this.#openAt = Math.max(this.#openAt, moment);
    this.#refuseHopeless();
  }

  #isOpen(): boolean {
    if (this.#now < this.#openAt) return false;
    if (this.#isShut) this.#allowance.refilled(this.#underWay);
    this.#isShut = false;
    return this.#underWay < Math.min(this.#settings.places, this.#allowance.room);
  }

  #admit(): void {
    this.#underWay++;
    this.#allowance.sent(this.#underWay);
    const spendingMs = Math.min(longestSpendingMs, (this.#refillMs ?? this.#askedMs) * spendingPart);
    this.#openAt = Math.max(this.#openAt, this.#now) + this.#allowance.intervalMs(spendingMs);
  }

  /** Lets pass whoever may, and sees to it that somebody will look again for the others. */
  #serve(): void {
    this.#callOff();
    this.#callOff = () => {};
    while (!this.#line.isEmpty && this.#isOpen()) this.#passNext();
    if (!this.#line.isEmpty && this.#now >= this.#openAt && this.#underWay === 0) this.#waitForRefill();
    if (this.#line.isEmpty || this.#now >= this.#openAt) return;
    const delayMs = this.#openAt - this.#now + (this.#isShut ? this.#lateMs : 0);
    this.#callOff = this.#settings.clock.schedule(() => this.#serve(), delayMs);
  }

  #passNext(): void {
    const next = this.#line.take(this.#allowance.isKnown);
    this.#admit();
    next?.pass();
  }

  /** Too little is left for one more. Where nobody knows the time of the refill, one finds out. */
  #waitForRefill(): void {
    const [now, everyMs] = [this.#now, this.#refillMs];
    if (everyMs === undefined) this.#passNext();
    else this.#shutUntil(this.#refillAt + (Math.floor((now - this.#refillAt) / everyMs) + 1) * everyMs);
  }

  #refuseHopeless(): void {
    if (!this.#isShut || this.#now >= this.#openAt) return;
    const leftMs = this.#openAt - this.#now;
    for (const { call, refuse } of this.#line.takeDue(this.#openAt)) refuse(refusal(call, leftMs));
  }
}

function refusal({ operation }: Call, retryAfterMs: number): RateLimitError {
  const why = `was not sent: the project is at its limit of requests for another ${Math.ceil(retryAfterMs / 1000)} s, which is past the deadline of this call. Give it a longer deadlineMs, or call less often.`;
  return new RateLimitError(operation, why, { status: 429, retryAfterMs });
}
