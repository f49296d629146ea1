import { expect, test } from "vitest";
import { bundleSize, mostBytes } from "../src/bundle-size.mjs";

test("the client with all that it depends on has not grown by a twentieth since somebody looked last", async () => {
  const { gzipped } = await bundleSize("@atlas-streams/client");
  expect(gzipped).toBeLessThanOrEqual(mostBytes);
  expect(gzipped).toBeGreaterThan(mostBytes * 0.85); // a limit that is far above holds nothing: bring it down
});
