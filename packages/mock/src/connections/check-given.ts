import { operationOf, successTypes } from "../operations.js";
import type { Prism } from "../prism.js";
import type { MockConnection } from "./connections.js";

/** Holds connections that are given to the mock against the description: better now than when they are read. */
export async function checkGiven(connections: readonly MockConnection[], prism: Prism): Promise<void> {
  const operation = operationOf(prism.operations, "getGroupStreamPrivateLinkConnection");
  const request = { method: "GET", path: operation.path, headers: {}, at: 0 };
  const [mediaType] = successTypes(operation);
  for (const [index, { groupId: _, life: __, ...fields }] of connections.entries()) {
    const body = { _id: "0".repeat(24), ...fields };
    await prism
      .answer({ operation, parameters: {}, query: new URLSearchParams(), request, origin: "" }, { body }, mediaType)
      .catch((error: Error) => {
        throw new Error(`connections[${index}] is not one that the service could give: ${error.message}`, {
          cause: error,
        });
      });
  }
}
