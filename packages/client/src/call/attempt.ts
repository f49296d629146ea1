import type { Transport, WireAnswer } from "../transport/transport.js";
import type { Call } from "./call.js";
import { reportRequest } from "./events.js";
import type { Gates } from "./gates.js";
import type { Answer, AnswerHeaders, PlainRequest, Send } from "./layer.js";
import type { Queue } from "./queue.js";
import { Sending } from "./sending.js";

/** What every attempt of a client goes through. */
export interface Network {
  readonly transport: Transport;
  readonly queue: Queue;
  readonly gates: Gates;
  readonly maxAnswerBytes: number;
}

/**
 * Sends a request once and reads its answer to the end, within the limit of one attempt. A body that
 * breaks off is a failed attempt, so that it can be repeated like any other. Waiting for a connection
 * counts against the deadline of the call, and not against the attempt.
 */
export function attempt(call: Call, network: Network): Send {
  return (request) => sendInTime(call, network, request);
}

async function sendInTime(call: Call, { transport, maxAnswerBytes }: Network, request: PlainRequest): Promise<Answer> {
  const limit = call.startAttempt();
  const sending = new Sending(call, limit, maxAnswerBytes);
  const report = reportRequest(call.operation, call.client);
  call.sent.push(request);
  try {
    const answer = await limit.race(exchange(transport, request, sending));
    report?.({ status: answer.status });
    return answer;
  } catch (error) {
    report?.({ error });
    throw error;
  } finally {
    limit.release();
  }
}

async function exchange(transport: Transport, request: PlainRequest, sending: Sending): Promise<Answer> {
  try {
    sending.throwIfEnded();
    if (!transport.tellsWhatLeft) sending.left();
    const answer = await transport.send(request, sending);
    sending.settle(answer);
    return new ReadAnswer(answer);
  } catch (cause) {
    throw sending.asOperationError(cause, transport);
  }
}

/** Its text is made when it is first read: not every body is one. */
class ReadAnswer implements Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: AnswerHeaders;
  readonly bytes: Uint8Array;
  #text: string | undefined;

  constructor({ status, statusText, headers, bytes }: WireAnswer) {
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
    this.bytes = bytes;
  }

  get text(): string {
    this.#text ??= new TextDecoder().decode(this.bytes);
    return this.#text;
  }
}
