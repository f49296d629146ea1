import type { Operation } from "@atlas-streams/types";
import { InvalidArgumentError } from "../answer/errors.js";
import { describeValue } from "../answer/text.js";

/** Refuses a path parameter that the description's pattern does not allow, so that no call lands on another path than its own. */
export function refuseBadPathParameters(operation: Operation, values: { readonly [name: string]: unknown } = {}): void {
  for (const [name, pattern] of Object.entries(operation.pathParameters)) {
    const value = values[name];
    if (typeof value === "string" && pattern.test(value)) continue;
    throw new InvalidArgumentError(
      `${operation.operationId}: ${name} is ${describeValue(value)}, but must match ${pattern.source}. Nothing was sent.`,
    );
  }
}
