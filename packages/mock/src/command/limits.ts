import type { MockLimits } from "../options.js";
import { UsageError } from "./arguments.js";
import { readJson } from "./files.js";

/** `liveTokens=2,rate.capacity=20`, or a file of limits. What they may be is checked where a mock is started. */
export function readLimits(text: string): MockLimits {
  if (!text.includes("=")) return readJson("--limits", text) as MockLimits;
  const limits: Record<string, unknown> = {};
  for (const part of text.split(",")) {
    const [, outer = "", inner, amount = ""] = /^\s*(\w+)(?:\.(\w+))?=(\S+)\s*$/.exec(part) ?? [];
    const value = amountOf(amount);
    if (value === undefined) throw new UsageError(`--limits: ${part.trim()} is no limit such as liveTokens=2`);
    const group = limits[outer];
    limits[outer] = inner === undefined ? value : { ...(typeof group === "object" && group), [inner]: value };
  }
  return limits;
}

function amountOf(text: string): number | boolean | undefined {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
