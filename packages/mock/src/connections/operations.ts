import type { Errors } from "../errors.js";
import type { Call } from "../exchange.js";
import { refuseValue } from "../refuse-invalid.js";
import type { Behaviours } from "../service.js";
import type { Connection, Connections, Fields } from "./connections.js";
import type { ConnectionKinds } from "./kinds.js";
import { page } from "./page.js";
import type { Step } from "./scenario.js";

export interface ConnectionOperationsParts {
  readonly connections: Connections;
  readonly kinds: ConnectionKinds;
  readonly errors: Errors;
  /** Whether a stream connection of the project goes through a Private Link. */
  readonly isInUse: (groupId: string, id: string) => boolean;
}

/** What the operations on Private Link connections do. */
export function connectionOperations({ connections, kinds, errors, isInUse }: ConnectionOperationsParts): Behaviours {
  const projectOf = ({ parameters }: Call) => connections.project(parameters.groupId ?? "");
  const missing = ({ parameters }: Call) =>
    errors.api({ status: 404, errorCode: "RESOURCE_NOT_FOUND", parameters: [parameters.connectionId ?? ""] });

  function find(call: Call): Connection | undefined {
    const connection = projectOf(call).find(call.parameters.connectionId ?? "");
    return connection && connection.progress.current().state !== null ? connection : undefined;
  }

  function view(connection: Connection, step: Step): Fields {
    if (!connection.isComplete && kinds.meaningOf(step.state) === "ready") {
      connection.fields = { ...connection.fields, ...kinds.additions(connection.id, connection.fields).whenReady };
      connection.isComplete = true;
    }
    const { provider, vendor, ...others } = kinds.asRead(connection.fields);
    return { _id: connection.id, provider, vendor, state: step.state, ...others, ...step.fields };
  }

  /** An example may also be asked to change what the service found by itself. */
  function canSend({ fields, origin }: Connection, name: string): boolean {
    const taken = kinds.takes(fields, name);
    return isExample(origin) ? taken !== false : taken === "from the caller";
  }

  return {
    getGroupStreamPrivateLinkConnection(call) {
      const connection = projectOf(call).find(call.parameters.connectionId ?? "");
      const step = connection?.progress.read();
      return connection && step?.state != null ? { body: view(connection, step) } : missing(call);
    },

    listGroupStreamPrivateLinkConnections(call) {
      const all = [...projectOf(call).all.values()].filter(({ origin }) => origin !== "stranger");
      const isThere = ({ progress }: Connection) => progress.current().state !== null;
      const present = all.filter(isThere);
      // That a list leaves a connection out is a sight of it too: its absence must not last for ever.
      for (const connection of all) if (!isThere(connection)) connection.progress.read();
      return { body: page(call, present, (connection) => view(connection, connection.progress.read())) };
    },

    createGroupStreamPrivateLinkConnection(call) {
      const request = call.request.body as Fields;
      const project = projectOf(call);
      if (project.twinOf(request)) return errors.api({ status: 400, errorCode: "STREAM_PRIVATE_LINK_ALREADY_EXISTS" });
      const connection = project.make(request);
      connection.fields = { ...request, ...kinds.additions(connection.id, request).atOnce };
      return { body: { _id: connection.id, ...connection.fields } };
    },

    updateGroupStreamPrivateLinkConnection(call) {
      const connection = find(call);
      if (!connection) return missing(call);
      const { state } = connection.progress.current();
      if (kinds.meaningOf(state) === "deleting") return errors.api({ status: 409, errorCode: "CONFLICT" });
      if (!isExample(connection.origin) && "dnsDomain" in connection.fields && state !== "IDLE")
        return refuseValue("dnsDomain cannot be changed in the present state.", errors);
      const changes = call.request.body as Fields;
      const fixed = Object.keys(changes).find((name) => !canSend(connection, name));
      if (fixed !== undefined) return refuseValue(`${fixed} is not taken for this provider and vendor.`, errors);
      connection.fields = { ...connection.fields, ...changes };
      connection.progress.begin(connection.life.updated);
      return { body: view(connection, connection.progress.current()) };
    },

    deleteGroupStreamPrivateLinkConnection(call) {
      const connection = find(call);
      if (!connection) return missing(call);
      const { inUse } = connection.life;
      const isNamed = isInUse(call.parameters.groupId ?? "", connection.id);
      if (isNamed || inUse === true || (inUse !== false && connection.refusals < inUse)) {
        connection.refusals += 1;
        return errors.api({ status: 400, errorCode: "STREAM_PRIVATE_LINK_IN_USE", parameters: [connection.id] });
      }
      if (kinds.meaningOf(connection.progress.current().state) !== "deleting")
        connection.progress.begin(connection.life.deleted);
      return {};
    },
  };
}

/** The examples are there to be called: what one of them shows can be asked for, and each can be updated. */
function isExample(origin: Connection["origin"]): boolean {
  return origin === "example" || origin === "stranger";
}
