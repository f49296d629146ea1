import type { Clock } from "./clock.js";

/** A bucket of requests, as the service has one for each project. */
export interface Rate {
  /** How many requests it holds when full. */
  readonly capacity: number;
  /** How many come back at a time. */
  readonly refill: number;
  /** After how many milliseconds they come back. */
  readonly perMs: number;
}

/** What a request found in the bucket of its project. */
export interface Toll {
  readonly rate: Rate;
  /** What is left after it. */
  readonly remaining: number;
  /** It was empty: when there is something in it again. */
  readonly retryAfterSeconds?: number;
}

export interface Buckets {
  /** Takes a request out of a project's bucket. */
  take(project: string): Toll;
  /** Fills all of them. */
  reset(): void;
}

/** The recorded waits, 55 of 60 seconds, show that a refill comes all at once. */
export function createBuckets(rate: Rate, clock: Clock): Buckets {
  const buckets = new Map<string, { left: number; since: number }>();

  function bucketOf(project: string) {
    const bucket = buckets.get(project) ?? { left: rate.capacity, since: clock.now() };
    buckets.set(project, bucket);
    const refills = Math.max(0, Math.floor((clock.now() - bucket.since) / rate.perMs));
    bucket.left = Math.min(rate.capacity, bucket.left + refills * rate.refill);
    bucket.since += refills * rate.perMs;
    return bucket;
  }

  return {
    take(project) {
      const bucket = bucketOf(project);
      if (bucket.left >= 1) {
        bucket.left -= 1;
        return { rate, remaining: bucket.left };
      }
      const retryAfterSeconds = Math.ceil((bucket.since + rate.perMs - clock.now()) / 1000);
      return { rate, remaining: 0, retryAfterSeconds };
    },
    reset: () => buckets.clear(),
  };
}
