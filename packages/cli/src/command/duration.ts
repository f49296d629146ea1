import { InvalidArgumentError } from "commander";

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Reads `90m`, `1h30m`, `45s`, `500ms` as milliseconds. */
export function parseDuration(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) throw new InvalidArgumentError("Say it as 90m, 1h30m or 45s.");
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
  const total = [...parts].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * unitMs[unit as keyof typeof unitMs],
    0,
  );
  if (total === 0) throw new InvalidArgumentError("It has to be longer than nothing.");
  return total;
}
