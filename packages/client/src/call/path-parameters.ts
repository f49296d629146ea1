import type { Operation } from "@atlas-streams/types";
import { InvalidArgumentError } from "../answer/errors.js";
import { describeValue } from "../answer/text.js";

/** What a URL does not take for a step to another path (RFC 3986, section 5.2.4), whatever the pattern says. */
const isNoStep = /^(?!\.\.?$)/;

/** Refuses a path parameter that the description's pattern does not allow, so that no call lands on another path than its own. */
export function refuseBadPathParameters(operation: Operation, values: { readonly [name: string]: unknown } = {}): void {
  for (const [name, pattern] of Object.entries(operation.pathParameters)) {
    const given = values[name];
    // Where only digits are allowed a number will do; elsewhere it is a slip, such as an id that was not quoted.
    const value = typeof given === "number" && !pattern.test("a") ? String(given) : given;
    if (typeof value === "string" && pattern.test(value) && isNoStep.test(value)) continue;
    throw new InvalidArgumentError(
      `${operation.operationId}: ${name} is ${describeValue(value)}, but must match ${pattern.source}. Nothing was sent.`,
    );
  }
}
