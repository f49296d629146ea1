import type { Answer, PlainRequest } from "../call/layer.js";

/** An answer as a transport reads it: its body not yet made into text. */
export type WireAnswer = Omit<Answer, "text">;

/** One sending of a request, as the transport sees it, and what it tells of it. */
export interface Exchange {
  /** Ends the sending. Read it only to hand it on: it is made when it is first read. */
  readonly signal: AbortSignal;
  /** Whether sending it twice does no more than sending it once. */
  readonly isRepeatable: boolean;
  /** How large a body may be, in bytes, before and after its content codings are undone. */
  readonly maxAnswerBytes: number;
  /** Calls back when the sending is to end. */
  onEnd(callback: () => void): void;
  /** Throws where the sending has ended: nothing must be sent any more. */
  throwIfEnded(): void;
  /** To be told as soon as the first byte of the request may have left this machine for the service. */
  left(): void;
  /** To be told when the head of an answer is there. */
  answered(status: number): void;
  /** The error for an answer that is read no further. */
  unexpected(complaint: string): Error;
  /** The error for an answer that is larger than it may be. */
  tooLarge(): Error;
}

/** What sends a request once, and reads the answer to its end. Redirects are not followed. */
export interface Transport {
  /** Whether `Exchange.left` is told. Where it is not, only the network's error can say what never left. */
  readonly tellsWhatLeft: boolean;
  send(request: PlainRequest, exchange: Exchange): Promise<WireAnswer>;
  /** Closes the connections that nobody uses. */
  close(): void;
}
