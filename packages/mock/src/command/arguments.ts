import { parseArgs } from "node:util";
import { nearest } from "../check/nearest.js";

export const help = `Usage: atlas-streams-mock [options]

A mock of the Private Link API of MongoDB Atlas Stream Processing, on 127.0.0.1.
Connections made here live: IDLE, WORKING, DONE; deleted, they are gone after a while.

  --port PORT         where to listen; 0 finds a free port               [4010]
  --auth any          take any credentials, or none                      [check]
  --connections FILE  know just these connections: a JSON list
  --scenario FILE     what becomes of connections: JSON, see below
  --faults FAULTS     what goes wrong: 5% is a bit of everything;
                      "rate-limited=5%,reset=1%" is these two; or a JSON file
  --seed NUMBER       what shares and ids are drawn from                 [1]
  --record FILE       write each request to FILE, one JSON object a line,
                      without credentials
  --proxy URL         no mock: forward everything to URL, and tell where its
                      answers are not as the description says
  --quiet             do not print requests
  --stay              do not end with the process that started this one
  --help

A scenario, whose every part may be left out:
  {
    "pace": { "ms": 5000 },                 each state lasts five seconds,
    "inUse": 1,                             the first delete is refused,
    "lives": [                              and of all connections
      { "of": { "vendor": "MSK" }, "nth": 2, "fails": "No such cluster." }
    ]                                       the second MSK one fails
  }

Faults: rate-limited, unavailable, unexpected-error, empty, html, reset, slow, stalled, truncated.
Any answer of the description is there for the asking: Prefer: code=404, example=group-not-found
`;

/** What the command was told. */
export interface Arguments {
  readonly port: number;
  readonly auth: "check" | "any";
  readonly seed: number;
  readonly quiet: boolean;
  readonly stay: boolean;
  readonly help: boolean;
  readonly connections?: string;
  readonly scenario?: string;
  readonly faults?: string;
  readonly record?: string;
  readonly proxy?: string;
}

/** A mistake of the person at the keyboard: told in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function parseArguments(argv: readonly string[]): Arguments {
  const values = parse(argv);
  const {
    port: portText = "4010",
    auth = "check",
    seed: seedText = "1",
    quiet = false,
    stay = false,
    help = false,
    ...files
  } = values;
  const port = whole("--port", portText);
  if (port > 65_535) throw new UsageError(`--port takes a number up to 65535, not ${portText}`);
  if (auth !== "check" && auth !== "any") throw new UsageError(`--auth takes check or any, not ${auth}`);
  if (files.proxy !== undefined && !/^https?:$/.test(protocolOf(files.proxy)))
    throw new UsageError(`--proxy takes a URL, not ${files.proxy}`);
  return { port, auth, seed: whole("--seed", seedText), quiet, stay, help, ...files };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const files = { connections: text, scenario: text, faults: text, record: text, proxy: text };
  const options = { port: text, auth: text, seed: text, quiet: flag, stay: flag, help: flag, ...files };
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    const [sentence = ""] = (error as Error).message.split(/\.\s/);
    const unknown = /^Unknown option '--([^']+)'/.exec(sentence)?.[1];
    const meant = unknown && nearest(unknown, Object.keys(options));
    throw new UsageError(`${sentence}; ${meant ? `did you mean --${meant}?` : "--help shows what there is"}`);
  }
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${name} takes a number, not ${text}`);
  return Number(text);
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}
