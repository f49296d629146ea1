import type { Clock } from "./clock.js";
import type { Errors } from "./errors.js";
import type { MockRequest } from "./exchange.js";
import type { Faults } from "./faults/faults.js";
import { inflict } from "./faults/inflict.js";
import type { LoggedRequest, RequestLog } from "./request-log.js";
import type { Arrival } from "./server.js";
import type { Service } from "./service.js";
import { send, type Wire, wireOf } from "./wire.js";

export interface ServingParts {
  readonly service: Service;
  readonly log: RequestLog;
  readonly errors: Errors;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly onAnswered: (request: MockRequest, tookMs: number) => void;
}

/** Where a fault comes before the deed, there is no true answer. */
const nothing: Wire = { status: 500, headers: {}, bytes: Buffer.alloc(0) };

/** From the request line to the last byte: notes the request, lets the service answer it, and faults strike. */
export function serving({
  service,
  log,
  errors,
  clock,
  faults,
  onAnswered,
}: ServingParts): (arrival: Arrival) => Promise<void> {
  async function answer(request: LoggedRequest, { response, text }: Arrival): Promise<number | undefined> {
    if (text === undefined) return send(response, wireOf(service.refuseLong()));
    const reception = service.receive(request);
    if ("answer" in reception) return send(response, wireOf(reception.answer));
    const { call, refusal } = reception;
    request.operationId = call.operation.iid ?? "";
    const strike = faults(request, refusal === undefined);
    const truth = strike && !strike.done ? nothing : wireOf(await service.perform(call, refusal));
    return strike ? inflict(strike.fault, { request, response, truth, errors, clock }) : send(response, truth);
  }

  return async (arrival) => {
    const began = performance.now();
    const request = log.add(arrival);
    arrival.response.setHeader("date", new Date(request.at).toUTCString());
    const status = await answer(request, arrival);
    if (status !== undefined) request.status = status;
    onAnswered(request, performance.now() - began);
  };
}
