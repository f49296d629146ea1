import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { undocumentedOf } from "../src/documented.mjs";

test.each(["client", "mock"])("everything that %s exports, and every field on it, is documented", (name) => {
  expect(
    undocumentedOf(fileURLToPath(import.meta.resolve(`@atlas-streams/${name}`)).replace(/\.js$/, ".d.ts")),
  ).toEqual([]);
});
