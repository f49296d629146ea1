// For mutate.mjs: the tests of one room. It is copied beside the source that is changed, so it reaches for nothing outside.
import { fileURLToPath } from "node:url";

export default {
  resolve: { alias: { "#platform": fileURLToPath(new URL("src/platform/node.ts", import.meta.url)) } },
  test: {
    include: process.env.MUTATION_TESTS?.split(","),
    testTimeout: 8_000, // what a change lets hang is noticed by it
    hookTimeout: 30_000,
    server: { deps: { external: [/\/packages\/mock\/dist\//] } },
  },
};
