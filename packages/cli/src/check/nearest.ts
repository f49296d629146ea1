import { distance } from "fastest-levenshtein";

/** The word that is meant, if one is near enough. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const [best] = words
    .map((each) => ({ each, distance: distance(word.toLowerCase(), each.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance);
  const isNear =
    best &&
    (best.distance <= Math.max(1, Math.floor(best.each.length / 3)) || lettersOf(best.each) === lettersOf(word));
  return isNear ? best.each : undefined;
}

/** The same whatever their order: two letters that have changed places are one slip. */
function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}
