import { isConnectionOf, type PrivateLinkConnection, type PrivateLinkConnectionRequest } from "@atlas-streams/client";
import { meaningOf } from "../drawing/state.js";
import { compare, differingFields, kindOf } from "./identity.js";

type Request = PrivateLinkConnectionRequest;

/** What is to be done about one connection, and why. */
export type Step = {
  readonly action: "make" | "set domain" | "as it is" | "differs" | "failed" | "being removed" | "not in the file";
  readonly kind: string;
  readonly wanted?: Request;
  readonly connection?: PrivateLinkConnection;
  readonly why?: string;
};

/** What has to happen so that a project is as the file says. */
export type Plan = readonly Step[];

/** Compares the file with the project. */
export function makePlan(wanted: readonly Request[], present: readonly PrivateLinkConnection[]): Plan {
  const left = new Set(present.toSorted((one, other) => rank(one) - rank(other)));
  const take = (request: Request, likeness: "same" | "not shown") => {
    for (const connection of left) {
      if (compare(request, connection) !== likeness) continue;
      left.delete(connection);
      return connection;
    }
    return undefined;
  };
  const sure = new Map(wanted.map((request) => [request, take(request, "same")]));
  const steps = wanted.map((request): Step => {
    const connection = sure.get(request);
    if (connection) return stepFor(request, connection);
    const likely = take(request, "not shown");
    const doubt = "the service does not show whether it is this one; it is the one of its kind that is left";
    return likely
      ? { ...stepFor(request, likely), why: doubt }
      : { action: "make", kind: kindOf(request), wanted: request };
  });
  const others = Array.from(
    left,
    (connection): Step => ({ action: "not in the file", kind: kindOf(connection), connection }),
  );
  return [...steps, ...others.filter(({ connection }) => meaningOf(connection?.state) !== "deleting")];
}

const ranks = { ready: 0, pending: 1, unknown: 1, failed: 2, deleting: 3, deleted: 4 } as const;

/** Of two that are the same, the one that is of more use. */
function rank({ state }: PrivateLinkConnection): number {
  return ranks[meaningOf(state)];
}

function stepFor(wanted: Request, connection: PrivateLinkConnection): Step {
  const common = { kind: kindOf(wanted), wanted, connection };
  const { state, errorMessage } = connection;
  const meaning = meaningOf(state);
  if (meaning === "failed") return { ...common, action: "failed", why: errorMessage ?? "the service gives no reason" };
  if (meaning === "deleting") return { ...common, action: "being removed", why: "made again when it is gone" };
  if (meaning === "deleted") return { kind: common.kind, wanted, action: "make" };
  const differing = differingFields(wanted, connection);
  const { dnsDomain } = wanted as { readonly dnsDomain?: string };
  const isUnset = dnsDomain !== undefined && connection.dnsDomain === undefined;
  const mayChange = isConnectionOf(connection, "AWS", "CONFLUENT") && (isUnset || state === "IDLE");
  const others = differing.filter((name) => name !== "dnsDomain");
  if (others.length === 0 && mayChange && (isUnset || differing.length > 0))
    return { ...common, action: "set domain", why: `dnsDomain is ${connection.dnsDomain ?? "not set"}` };
  if (differing.length === 0) return { ...common, action: "as it is" };
  const shown = differing.map(
    (name) => `${name} is ${JSON.stringify((connection as { [field: string]: unknown })[name])}`,
  );
  return { ...common, action: "differs", why: `${shown.join(", ")}; the API cannot change it` };
}

/** Whether the project is not as the file says; what the file does not name counts only where it is to go. */
export function isDiffering({ action }: Step, prune: boolean): boolean {
  return action === "not in the file" ? prune : action !== "as it is";
}
