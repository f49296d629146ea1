import { readFileSync } from "node:fs";
import { hint } from "../check/nearest.js";
import type { FaultRule } from "../faults/fault.js";
import { UsageError } from "./arguments.js";

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

/** What is in a file of connections, of a scenario or of rules; the mock says what is wrong with it. */
export function readJson(option: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${option}: ${code === "ENOENT" ? `there is no file ${file}` : `${file} cannot be read as JSON: ${message}`}`,
    );
  }
}

/** Does something with the file of an option, and says which option and file it is about where that fails. */
export function forOption<Result>(option: string, file: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    throw new UsageError(`${option}: ${file} cannot be written: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

/** Node's messages name the system call and the path too. */
function reasonOf({ message }: Error): string {
  return message.replace(/^[A-Z]+: /, "").replace(/, \w+( '.*')?$/, "");
}

/** A share of everything, shares of some kinds, or a file of rules. */
export function readFaults(text: string): readonly FaultRule[] {
  const share = shareOf(text);
  if (share !== undefined) return mixed.map((fault) => ({ fault, share: share / mixed.length }));
  if (!text.includes("=")) return readJson("--faults", text) as readonly FaultRule[];
  return text.split(",").map((part) => {
    const [name = "", amount = ""] = part.trim().split("=");
    const fault = kinds.find((kind) => kind === name);
    if (!fault) throw new UsageError(`--faults: there is no fault ${name}; ${hint(name, kinds)}`);
    const share = shareOf(amount);
    if (share === undefined) throw new UsageError(`--faults: ${part.trim()} names no share such as 5%`);
    return { fault, share };
  });
}

function shareOf(text: string): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text.trim())?.[1];
  if (percent === undefined) return undefined;
  if (Number(percent) > 100) throw new UsageError(`--faults: ${text.trim()} is more than all, which is 100%`);
  return Number(percent) / 100;
}
