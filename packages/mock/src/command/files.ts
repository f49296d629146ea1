import { readFileSync } from "node:fs";
import type { MockConnection } from "../connections/connections.js";
import type { Scenario } from "../connections/scenario.js";
import type { FaultRule } from "../faults/fault.js";
import { UsageError } from "./arguments.js";

const lifeKeys = ["pace", "fails", "created", "updated", "deleted", "inUse"];
const ruleKeys = ["fault", "operationId", "method", "path", "credentials", "nth", "share", "done"];
/** What `5%` is a bit of. A stalled answer is not among them: one that waits for it waits for ever. */
const mixed = [
  "rate-limited",
  "unavailable",
  "unexpected-error",
  "empty",
  "html",
  "reset",
  "slow",
  "truncated",
] as const;
const kinds = [...mixed, "stalled"] as const;

export function readConnections(file: string): readonly MockConnection[] {
  const connections = readJson("--connections", file);
  if (!Array.isArray(connections)) throw new UsageError(`--connections: ${file} holds no list`);
  return connections as readonly MockConnection[];
}

export function readScenario(file: string): Scenario {
  const scenario = readJson("--scenario", file);
  onlyKeys(`--scenario: ${file}`, scenario, [...lifeKeys, "lives"]);
  for (const life of (scenario as Scenario).lives ?? [])
    onlyKeys(`--scenario: ${file}: lives`, life, [...lifeKeys, "of", "nth"]);
  return scenario as Scenario;
}

/** A share of everything, shares of some kinds, or a file of rules. */
export function readFaults(text: string): readonly FaultRule[] {
  const share = shareOf(text);
  if (share !== undefined) return mixed.map((fault) => ({ fault, share: share / mixed.length }));
  if (!text.includes("=")) return readRules(text);
  return text.split(",").map((part) => {
    const [name = "", amount = ""] = part.trim().split("=");
    const fault = kinds.find((kind) => kind === name);
    if (!fault) throw new UsageError(`--faults: there is no fault ${name}; there are ${kinds.join(", ")}`);
    const share = shareOf(amount);
    if (share === undefined) throw new UsageError(`--faults: ${part.trim()} names no share such as 5%`);
    return { fault, share };
  });
}

function readRules(file: string): readonly FaultRule[] {
  const rules = readJson("--faults", file);
  if (!Array.isArray(rules)) throw new UsageError(`--faults: ${file} holds no list`);
  for (const rule of rules) onlyKeys(`--faults: ${file}`, rule, ruleKeys);
  return rules as readonly FaultRule[];
}

function shareOf(text: string): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text.trim())?.[1];
  return percent === undefined ? undefined : Number(percent) / 100;
}

function readJson(option: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${option}: ${code === "ENOENT" ? `there is no file ${file}` : `${file} cannot be read as JSON: ${message}`}`,
    );
  }
}

function onlyKeys(what: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`${what} holds no object`);
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) throw new UsageError(`${what}: there is no ${other}; there are ${known.join(", ")}`);
}
