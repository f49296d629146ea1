import { expect, test } from "vitest";
import { bundleSize, leastBytes, mostBytes } from "../src/bundle-size.mjs";

test("the client with all that it depends on has not grown by a twentieth since somebody looked last", async () => {
  const { gzipped } = await bundleSize("@atlas-streams/client");
  expect(gzipped).toBeLessThanOrEqual(mostBytes);
  expect(gzipped).toBeGreaterThanOrEqual(leastBytes);
});
