import type { Mock } from "@atlas-streams/mock";

/** Where consumers are set up. */
export interface Place {
  /** Makes an empty project and installs our packages there as `npm install` does, and others beside them. */
  readonly install: (name: string, ours: readonly string[], others?: readonly string[]) => Promise<string>;
  /** Where compilers are installed, outside of every project. */
  readonly tools: string;
  readonly mock: Mock;
}

/** What came of one consumer, in one way. */
export interface Result {
  readonly consumer: string;
  readonly way: string;
  readonly works: boolean;
  /** What was said, to be looked at where it does not work. */
  readonly said: string;
}
