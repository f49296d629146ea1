import type { Output } from "../command/new-command.js";
import { print } from "../command/print.js";
import { exitCodes } from "../exit-codes.js";
import { environmentOf, startEmbeddedMock } from "../session/embedded-mock.js";
import type { SessionOptions } from "../session/session.js";
import type { Screen } from "../terminal/terminal.js";
import { printable, proseFor } from "../terminal/text.js";
import type { World } from "../world.js";
import { checkCall } from "./check-call.js";
import { checkNetwork } from "./check-network.js";
import { checkSettings } from "./check-settings.js";
import type { Finding } from "./finding.js";

/** Goes through what a call needs, in the order in which it needs it; after the first thing that is wrong, nothing more can be known. */
export async function doctor(world: World, options: SessionOptions & { readonly output: Output }): Promise<void> {
  if (options.verbose) (await import("../session/verbose.js")).tellEverything(world.terminal.err);
  if (!options.mock) return tellFindings(world, options);
  const mock = await startEmbeddedMock();
  try {
    await tellFindings({ ...world, environment: { ...world.environment, ...environmentOf(mock) } }, options);
  } finally {
    await mock.stop();
  }
}

async function tellFindings(world: World, options: SessionOptions & { readonly output: Output }): Promise<void> {
  const findings: Finding[] = [];
  for await (const finding of examine(world, options)) {
    findings.push(finding);
    if (options.output === "text") world.terminal.out.write(lineOf(finding, world.terminal.out));
  }
  if (options.output !== "text") await print(world.terminal.out, options.output, findings, () => "");
  const wrong = findings.find(({ is }) => is === "wrong");
  world.exitCode = wrong ? (wrong.exitCode ?? exitCodes.refused) : exitCodes.done;
}

async function* examine(world: World, options: SessionOptions): AsyncGenerator<Finding> {
  const settings = yield* checkSettings(world, options);
  if (!settings) return;
  const isReached = yield* checkNetwork(world, settings);
  if (isReached) yield* checkCall(world, settings);
}

const marks = { right: "✓", wrong: "✗", unknown: "?" } as const;
const formats = { right: "green", wrong: "red", unknown: "yellow" } as const;

function lineOf({ check, is, detail, advice }: Finding, screen: Screen): string {
  const mark = screen.paint(formats[is], marks[is]);
  const said = `${mark} ${screen.paint("bold", check)}: ${printable(detail)}`;
  return `${[said, ...(advice ? [proseFor(screen, `  ${advice}`)] : [])].join("\n")}\n`;
}
