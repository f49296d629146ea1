/** @typedef {import("./check.js").Line} Line */
/** @typedef {import("./read-checks.mjs").NamedCheck} NamedCheck */

/**
 * Runs one check after the other, so that none slows the figures of another.
 * @param {readonly NamedCheck[]} checks
 * @param {(name: string) => void} onStart
 * @returns {Promise<Line[]>}
 */
export async function runChecks(checks, onStart) {
  /** @type {Line[]} */
  const lines = [];
  for (const { name, measure } of checks) {
    onStart(name);
    lines.push(...(await measured(name, measure)));
  }
  return lines;
}

/**
 * @param {string} name
 * @param {NamedCheck["measure"]} measure
 * @returns {Promise<readonly Line[]>}
 */
async function measured(name, measure) {
  try {
    const lines = [await measure()].flat();
    if (lines.length === 0) throw new Error("it measured nothing");
    return lines;
  } catch (error) {
    const complaint = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ what: name, figure: "could not be measured", limit: "", holds: false, complaint }];
  }
}
