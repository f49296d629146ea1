import { distance } from "fastest-levenshtein";

/** The name among those that are known that somebody may have meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((each) => ({ each, far: farFrom(name.toLowerCase(), each.toLowerCase()) }))
    .sort((one, other) => one.far - other.far);
  return best && best.far <= Math.max(1, Math.floor(name.length * 0.4)) ? best.each : undefined;
}

/** What to say of a name that is not known. */
export function hint(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `there are ${known.join(", ")}` : `did you mean ${meant}?`;
}

/** Letters that changed places are one slip of the fingers, not two. */
function farFrom(one: string, other: string): number {
  return one !== other && lettersOf(one) === lettersOf(other) ? 1 : distance(one, other);
}

function lettersOf(name: string): string {
  return [...name].sort().join("");
}
