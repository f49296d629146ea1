import { describe, expect, test, vi } from "vitest";
import { InvalidArgumentError } from "../../src/answer/errors.js";
import { userAgentOf } from "../../src/call/user-agent.js";
import { version } from "../../src/call/version.js";

const own = `atlas-streams/${version}`;
const [linux, mac] = [
  { platform: "linux", arch: "x64" },
  { platform: "darwin", arch: "arm64" },
];

/** The User-Agent where the runtime says this of itself. */
function where(globals: { readonly process?: object | undefined; readonly navigator?: object | undefined }): string {
  vi.stubGlobal("process", globals.process);
  vi.stubGlobal("navigator", globals.navigator);
  try {
    return userAgentOf();
  } finally {
    vi.unstubAllGlobals();
  }
}

test("the User-Agent is this client's, behind the caller's product", () => {
  expect(userAgentOf()).toMatch(/^atlas-streams\/\d+\.\d+\.\d+ \(node\/\d+\.\d+\.\d+; \w+; \w+\)$/);
  expect(userAgentOf("portal/2.1 (~ test)")).toBe(`portal/2.1 (~ test) ${userAgentOf()}`);
});

test.each(["", "line\nbreak", "smörgås", "\x1fa", "a\x7f"])("a product of %j is refused", (product) => {
  expect(() => userAgentOf(product)).toThrow(new InvalidArgumentError("userAgent must be printable ASCII text."));
});

describe("it names", () => {
  test.each([
    ["Node", { process: { versions: { node: "22.1.0" }, ...linux } }, "node/22.1.0; linux; x64"],
    ["Node without its machine", { process: { versions: { node: "22.1.0" } } }, "node/22.1.0"],
    [
      "Node rather than how it passes for a browser",
      { process: { versions: { node: "22.1.0" }, ...linux }, navigator: { userAgent: "Mozilla/5.0 (X11) jsdom/26" } },
      "node/22.1.0; linux; x64",
    ],
    [
      "Bun, which has a Node version",
      { process: { versions: { node: "22", bun: "1.2" }, ...mac } },
      "bun/1.2; darwin; arm64",
    ],
    [
      "Deno, which names itself otherwise too",
      { process: { versions: { node: "22", deno: "2.1" }, arch: "x64" }, navigator: { userAgent: "Deno/2.1" } },
      "deno/2.1; x64",
    ],
    ["workerd", { navigator: { userAgent: "Cloudflare-Workers" } }, "cloudflare-workers"],
    [
      "a runtime with a version",
      { process: { versions: {} }, navigator: { userAgent: "edge_light/1.0-b" } },
      "edge_light/1.0-b",
    ],
    [
      "a long name",
      { navigator: { userAgent: `${"a".repeat(50)}/${"1".repeat(50)}` } },
      `${"a".repeat(50)}/${"1".repeat(50)}`,
    ],
  ])("%s", (_title, globals, runtime) => {
    expect(where(globals)).toBe(`${own} (${runtime})`);
  });
});

describe("it names no runtime where that", () => {
  test.each([
    ["says nothing", {}],
    ["has a process without versions", { process: linux }],
    ["has a navigator without a name", { navigator: {} }],
    ["is a browser", { navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0" } }],
    ["has something before its name", { navigator: { userAgent: "(X11) Workers" } }],
    ["has a name that is too long", { navigator: { userAgent: "a".repeat(51) } }],
    ["has a version that is too long", { navigator: { userAgent: `a/${"1".repeat(51)}` } }],
    ["has a version of nothing", { navigator: { userAgent: "a/" } }],
  ])("%s", (_title, globals) => {
    expect(where(globals)).toBe(own);
  });
});
