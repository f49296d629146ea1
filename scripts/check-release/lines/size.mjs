import { bundleSize, knownBytes, leastBytes, mostBytes } from "@atlas-streams/bench/src/bundle-size.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  async measure() {
    const { gzipped } = await bundleSize("@atlas-streams/client");
    return {
      what: "size: the client, bundled with all that it depends on, minified, gzipped",
      figure: `${gzipped} B`,
      limit: `${leastBytes} to ${mostBytes} B`,
      holds: gzipped >= leastBytes && gzipped <= mostBytes,
      complaint: `It was ${knownBytes} B when somebody looked last: packages/bench/src/bundle-size.mjs.`,
    };
  },
};
