/** What a few answers that came out of order make of a bucket that is this client's alone is no other client. */
const tolerance = 0.25;

/**
 * How many requests of this client a project's bucket has room for, as far as the answers since its last refill tell.
 *
 * Other clients take from the same bucket, and nobody knows how many. But where it sinks by five for each
 * request of this client, a fifth of what is left is this client's.
 */
export class Allowance {
  /** What the first answer since the refill left, and the least since. */
  #first: number | undefined;
  #least = 0;
  #answered = 0;
  /** By how much the bucket sank for each own request, before the refill. */
  #lastSinking = 1;
  /** How many requests were answered between two refills. */
  #lastAnswered: number | undefined;
  #isWhole = false;
  /** How many requests were under way at once, since the refill or since there was none. */
  #mostUnderWay = 0;

  /** By how much the bucket sinks for each own request. */
  get #sinking(): number {
    const sunk = this.#first === undefined ? 0 : this.#first - this.#least;
    return Math.max(1, (sunk + this.#lastSinking) / (this.#answered + 1));
  }

  /** Whether an answer has shown what is in the bucket. */
  get isKnown(): boolean {
    return this.#first !== undefined;
  }

  /** How many requests may be under way now. After a refill it is one, which shows what there is. */
  get room(): number {
    if (this.#first !== undefined) return Math.floor(this.#least / this.#sinking + tolerance);
    if (this.#lastAnswered !== undefined && this.#answered > 0) return Math.max(1, this.#lastAnswered - this.#answered);
    // Nothing is known: quickly to ten, then slowly, since all that are under way may be refused.
    return Math.min(1 + this.#answered, 10 + this.#answered / 50);
  }

  /** How far apart the requests have to be so that this client's share of the bucket lasts for so long. */
  intervalMs(durationMs: number): number {
    return this.#first ? (durationMs * this.#sinking) / this.#first : 0;
  }

  /** Takes how many requests are under way, each time that one more is. */
  sent(underWay: number): void {
    this.#mostUnderWay = underWay === 1 ? 1 : Math.max(this.#mostUnderWay, underWay);
  }

  /** Takes what an answer says is left, the one of `underWay` requests. Answers may have overtaken each other. */
  answered(remaining: number | undefined, underWay: number): void {
    this.#answered++;
    if (remaining === undefined) return;
    const isRefilled = this.#first !== undefined && remaining > this.#least + this.#mostUnderWay;
    if (isRefilled) this.refilled(underWay);
    if (this.#first === undefined) {
      [this.#first, this.#least, this.#answered] = [remaining, remaining, 0];
    } else this.#least = Math.min(this.#least, remaining);
  }

  /** What was known of the bucket holds no longer. Answers to requests that are under way may still tell of it. */
  refilled(underWay: number): void {
    this.#lastSinking = this.#sinking;
    if (this.#isWhole && this.#answered > 0) this.#lastAnswered = this.#answered;
    this.#isWhole = true;
    this.#first = undefined;
    this.#answered = 0;
    this.#mostUnderWay = underWay;
  }
}
