import type { Clock } from "./clock.js";
import type { Errors } from "./errors.js";
import type { Answer, MockRequest } from "./exchange.js";
import type { Faults } from "./faults/faults.js";
import { inflict } from "./faults/inflict.js";
import type { LoggedRequest, RequestLog } from "./request-log.js";
import type { Arrival } from "./server.js";
import type { Service } from "./service.js";
import { dated, type Outcome, sending, type Wire, wireOf } from "./wire.js";

export interface ServingParts {
  readonly service: Service;
  readonly log: RequestLog;
  readonly errors: Errors;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly onAnswer: (request: MockRequest) => void;
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
  onAnswer,
  onAnswered,
}: ServingParts): (arrival: Arrival) => Promise<void> {
  const told = (answer: Answer) => dated(wireOf(answer), clock);

  async function outcomeOf(request: LoggedRequest, { response, text }: Arrival): Promise<Outcome> {
    if (text === undefined) return sending(response, told(service.refuseLong()));
    const reception = service.receive(request);
    if ("answer" in reception) return sending(response, told(reception.answer));
    const { call, refusal } = reception;
    request.operationId = call.operation.iid ?? "";
    const strike = faults(request, refusal === undefined);
    const truth = strike && !strike.done ? nothing : told(await service.perform(call, refusal));
    return strike ? inflict(strike.fault, { request, response, truth, errors, clock }) : sending(response, truth);
  }

  /** Silence would tell nobody that the mock is at fault, and not the client. */
  function failing(error: unknown, { response }: Arrival): Outcome {
    if (response.headersSent) return { status: undefined, carryOut: () => void response.destroy() };
    const detail = error instanceof Error ? error.message : String(error);
    const { status = 500, body } = errors.api({ status: 500, errorCode: "MOCK_CANNOT_ANSWER", detail });
    return sending(response, told({ status, headers: { "content-type": "application/json" }, body }));
  }

  return async (arrival) => {
    const began = performance.now();
    const request = log.add(arrival);
    const { status, carryOut } = await outcomeOf(request, arrival).catch((error: unknown) => failing(error, arrival));
    if (status !== undefined) request.status = status;
    onAnswer(request);
    try {
      await carryOut();
    } catch (error) {
      await failing(error, arrival).carryOut();
    }
    onAnswered(request, performance.now() - began);
  };
}
