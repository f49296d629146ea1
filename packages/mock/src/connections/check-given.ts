import { InvalidInputError } from "../check/checks.js";
import { operationOf, successTypes } from "../operations.js";
import type { Prism } from "../prism.js";
import type { MockConnection } from "./connections.js";

/** Holds connections that are given to the mock against the description: better now than when they are read. */
export async function checkGiven(
  connections: readonly MockConnection[],
  projects: ReadonlySet<string> | undefined,
  prism: Prism,
): Promise<void> {
  const operation = operationOf(prism.operations, "getGroupStreamPrivateLinkConnection");
  const request = { method: "GET", path: operation.path, headers: {}, at: 0 };
  const [mediaType] = successTypes(operation);
  for (const [index, { groupId, life: _, ...fields }] of connections.entries()) {
    if (groupId !== undefined && projects && !projects.has(groupId))
      throw new InvalidInputError(`connections[${index}].groupId is ${groupId}, which is not among the projects`);
    const body = { _id: "0".repeat(24), ...fields };
    await prism
      .answer({ operation, parameters: {}, query: new URLSearchParams(), request, origin: "" }, { body }, mediaType)
      .catch((error: Error) => {
        throw new InvalidInputError(`connections[${index}] is not one that the service could give: ${error.message}`);
      });
  }
}
