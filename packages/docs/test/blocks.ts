/** A fenced block of a guide, and what the comments right before it say of it. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** Where the code begins in its guide; 1 is the first line. */
  readonly line: number;
  /**
   * - `file: NAME`: the block is that file, or continues it.
   * - `prelude: NAMES`: what the block takes for given, by its names in `prelude.ts`.
   * - `mock: JSON`: what the mock is like when the block is run.
   * - `prints: TEXT`: what it prints, when run, has this in it; may be said more than once.
   * - `by environment`: when it is run, MONGODB_ATLAS_BASE_URL names the mock. For what sends by means of its own.
   * - `not run: WHY`: it is only type-checked.
   * - `run`: a shell block that is run.
   * - `checkout: PATH`: the block is that file of this repository, once a reader has done what the guide says.
   * - `insert: PATH, before the line "BEGINNING"`: the block goes there.
   * - `project: NAME`: the block is that file of a project of the reader's, which a test of its own makes.
   * - `change`: a diff that a reader applies to this repository.
   */
  readonly notes: ReadonlyMap<string, readonly string[]>;
}

const note =
  /^<!-- (file|prelude|mock|prints|by environment|not run|run|checkout|insert|project|change)(?:: (.*))? -->$/;
const fence = /^```(\w+)$/;

/** Finds the fenced blocks of a guide. */
export function findBlocks(markdown: string): Block[] {
  const lines = markdown.split("\n");
  const blocks: Block[] = [];
  let notes = new Map<string, string[]>();
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? "";
    const [, name, value = ""] = note.exec(text) ?? [];
    const [, language] = fence.exec(text) ?? [];
    if (name) notes.set(name, [...(notes.get(name) ?? []), value]);
    else if (language) {
      const end = lines.indexOf("```", index);
      blocks.push({ language, notes, line: index + 2, code: `${lines.slice(index + 1, end).join("\n")}\n` });
      index = end;
    }
    if (!name && text) notes = new Map();
  }
  return blocks;
}
