import type { Operation } from "@atlas-streams/types";
import type { Clock } from "../call/clock.js";
import type { Identity } from "../call/identity.js";
import type { Answer, Layer } from "../call/layer.js";
import type { CallLimits } from "../call/options.js";
import type { Hash } from "../platform/platform.js";

/** What a client tells its credentials when it is made. */
export interface CredentialContext {
  /** Where the API is, without a trailing slash. The credentials are for this origin and no other. */
  readonly baseUrl: string;
  /** Who tells what these credentials tell. */
  readonly client: Identity;
  /** The time that the client lives in. */
  readonly clock: Clock;
  /** What hashes on this runtime, from the first call on; undefined where it has no MD5. */
  readonly hash: () => Hash | undefined;
  /** Sends a request of the credentials' own, such as the one for a token: timed and retried as any call, but not authorized. */
  readonly send: (
    operation: Operation,
    init: {
      readonly headers: { readonly [name: string]: string };
      readonly body: string;
      readonly signal?: AbortSignal;
    },
    limits?: CallLimits,
  ) => Promise<Answer>;
}

/** What credentials see of a call: what it is, and the signal that ends it, by the caller or at its deadline. */
export interface CredentialCall {
  /** The operation that is called. */
  readonly operation: Operation;
  /** Read it only to wait: it is made when it is first read. */
  readonly signal: AbortSignal;
  /** For what is sent on behalf of the call. */
  readonly limits?: CallLimits;
}

/** Credentials at work in one client. */
export interface BoundCredentials {
  /** The layer that authorizes the requests of one call. */
  authorize(call: CredentialCall): Layer;
  /** What no error may show although no request of a call has it in its headers, such as a secret that a login is made with. */
  secrets?(): readonly string[];
  /** Gives back what these credentials hold at the service. */
  close(): Promise<void>;
}

/** How a client proves who it is: see `serviceAccount` and `digest`. A function, so that no secret can be read off it. */
export type Credentials = (context: CredentialContext) => BoundCredentials;
