import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareDescriptions, generate, readDescription, select } from "../src/index.js";
import { directoryWith, findAny } from "./workplace.js";

// The vendor's own text is not in this repository.
const beside = fileURLToPath(new URL("../../../../shared/vendor/atlas-2026-08-19.yaml.gz", import.meta.url));
const description = process.env.ATLAS_DESCRIPTION ?? beside;
const isThere = existsSync(description);
if (!isThere)
  console.log(
    "The vendor's description is not here, so nothing was tried with it: ATLAS_DESCRIPTION says where it is.",
  );

const parts = {
  "the Streams part": { operations: { tags: ["Streams"], ids: ["listGroups", "listGroupPeers"] } },
  "all of it": {},
};

for (const [name, part] of Object.entries(parts))
  test.runIf(isThere)(
    `of the vendor's description, ${name} has types, and none is any`,
    { timeout: 300_000 },
    async () => {
      const directory = await directoryWith({ "part.json": { description, ...part } });
      const { operations } = await generate(join(directory, "part.json"), directory);
      const { schemas, any } = findAny(join(directory, "openapi.d.ts"));
      expect(operations).toBeGreaterThan(30);
      expect(schemas).toBeGreaterThan(60);
      expect(any).toEqual([]);
    },
  );

test.runIf(isThere)(
  "the vendor's description is the same as itself, in part and in whole",
  { timeout: 300_000 },
  async () => {
    const whole = await readDescription(description);
    expect(compareDescriptions(whole, whole)).toEqual({ level: "none", changes: [] });
    const { description: part } = select(whole, { tags: ["Streams"] });
    expect(compareDescriptions(part, part)).toEqual({ level: "none", changes: [] });
  },
);
