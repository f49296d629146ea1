import { afterAll, describe, expect, test } from "vitest";
import { openEditor, versions } from "../../src/editor/open-editor.mjs";
import { places } from "../../src/editor/places.mjs";

describe.each(versions)("in an editor with TypeScript %s,", async (version) => {
  const editor = await openEditor(version);
  afterAll(() => editor.close());

  test.each(places)("$title", async ({ code, offers, shows }) => {
    if (offers) expect((await editor.completionsAt(code)).sort()).toEqual(offers);
    if (shows) {
      const shown = await editor.hoverAt(code);
      for (const words of shows) expect(shown).toContain(words);
    }
  });
});
