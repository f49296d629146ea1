import { openEditor, versions } from "./open-editor.mjs";
import { places } from "./places.mjs";

/** Looks at every place in every editor, and says where something else is shown than has to be. */
export async function checkPlaces() {
  const wrong = [];
  for (const version of versions) {
    const editor = await openEditor(version);
    for (const place of places) {
      const complaint = await complaintOf(editor, place);
      if (complaint) wrong.push(`TypeScript ${version}: ${place.title}: ${complaint}`);
    }
    await editor.close();
  }
  return { looked: versions.length * places.length, wrong };
}

/**
 * @param {import("./editor.js").Editor} editor
 * @param {import("./places.mjs").Place} place
 */
async function complaintOf(editor, { code, offers = [], shows = [] }) {
  const offered = offers.length > 0 ? (await editor.completionsAt(code)).sort() : [];
  if (offers.join() !== offered.join()) return `it offers ${offered.join(", ")}`;
  const shown = shows.length > 0 ? await editor.hoverAt(code) : "";
  const missing = shows.filter((words) => !shown.includes(words));
  return missing.length > 0 ? `it does not show ${missing.join(", ")}, but ${shown}` : undefined;
}
