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
  refuseTwice(connections);
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

/** An id is that of one connection in a project; one that names no project is in each. */
function refuseTwice(connections: readonly MockConnection[]): void {
  const sameId = new Map<unknown, number[]>();
  for (const [index, { _id, groupId }] of connections.entries()) {
    if (_id === undefined) continue;
    const before = sameId.get(_id) ?? [];
    const isSameProject = (other: string | undefined) => !other || !groupId || other === groupId;
    const first = before.find((at) => isSameProject(connections[at]?.groupId));
    if (first !== undefined)
      throw new InvalidInputError(`connections[${index}]._id is ${_id}, as that of connections[${first}] is`);
    sameId.set(_id, [...before, index]);
  }
}
