import type { MockRequest } from "../exchange.js";
import type { Fault, FaultRule } from "./fault.js";

/** A fault that strikes now. */
export interface Strike {
  readonly fault: Fault;
  /** Whether the service does what was asked before. */
  readonly done: boolean;
}

/** Decides which request meets which fault. */
export type Faults = (request: MockRequest, admitted: boolean) => Strike | undefined;

/** Each rule counts the requests that fit it, whatever the other rules do; the first one that strikes decides. */
export function createFaults(rules: readonly FaultRule[], random: () => number): Faults {
  const counters = rules.map((rule) => ({ rule, seen: 0 }));
  return (request, admitted) => {
    const [striking] = counters.filter((counter) => fits(counter.rule, request, admitted) && isTurn(counter, random));
    if (!striking) return undefined;
    const { fault: given, done = false } = striking.rule;
    const fault = typeof given === "string" ? { kind: given } : given;
    return { fault, done: done || showsTruth(fault) };
  };
}

function fits({ credentials, operationId, method, path }: FaultRule, request: MockRequest, admitted: boolean): boolean {
  if (!admitted && credentials !== "any") return false;
  if (operationId !== undefined && operationId !== request.operationId) return false;
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  return path === undefined || request.path.includes(path);
}

function isTurn(counter: { readonly rule: FaultRule; seen: number }, random: () => number): boolean {
  const { nth, share } = counter.rule;
  counter.seen += 1;
  const isDrawn = share === undefined || random() < share;
  return isDrawn && (nth === undefined || [nth].flat().includes(counter.seen));
}

function showsTruth(fault: Fault): boolean {
  if (fault.kind === "reset" || fault.kind === "stalled") return fault.when === "in-body";
  return fault.kind === "slow" || fault.kind === "truncated";
}
