/** Where the cursor is in the code of a place. */
export const cursor = "‸";

/** As a new project has them, with nothing of Node's. */
export const compilerOptions = {
  target: "es2022",
  lib: ["es2022", "dom"],
  module: "nodenext",
  moduleResolution: "nodenext",
  strict: true,
  types: [],
  noEmit: true,
};

/**
 * The code without the cursor, and where that is.
 * @param {string} code
 */
export function split(code) {
  const [before = "", after = ""] = code.split(cursor);
  const lines = before.split("\n");
  return { text: before + after, line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
