import type { Clock } from "./clock.js";
import type { Errors } from "./errors.js";
import type { Faults } from "./faults/faults.js";
import { inflict } from "./faults/inflict.js";
import type { RequestLog } from "./request-log.js";
import type { Arrival } from "./server.js";
import type { Service } from "./service.js";
import { send, type Wire, wireOf } from "./wire.js";

export interface ServingParts {
  readonly service: Service;
  readonly log: RequestLog;
  readonly errors: Errors;
  readonly clock: Clock;
  readonly faults: Faults;
}

/** What goes out where a fault came before the deed. */
const nothing: Wire = { status: 500, headers: {}, bytes: Buffer.alloc(0) };

/** From the request line to the last byte: notes the request, lets the service answer it, and faults strike. */
export function serving({ service, log, errors, clock, faults }: ServingParts): (arrival: Arrival) => Promise<void> {
  return async (arrival) => {
    const request = log.add(arrival);
    const { response } = arrival;
    const reception = service.receive(request);
    if ("answer" in reception) {
      request.status = reception.answer.status;
      send(response, wireOf(reception.answer));
      return;
    }
    const { call, refusal } = reception;
    request.operationId = call.operation.iid ?? "";
    const strike = faults(request, refusal === undefined);
    const truth = strike && !strike.done ? nothing : wireOf(await service.perform(call, refusal));
    if (!strike) {
      request.status = truth.status;
      send(response, truth);
      return;
    }
    const status = await inflict(strike.fault, { request, response, truth, errors, clock });
    if (status !== undefined) request.status = status;
  };
}
