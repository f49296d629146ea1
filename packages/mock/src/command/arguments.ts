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
  --limits LIMITS     how far callers get: "tokenLifetimeSeconds=5,liveTokens=2",
                      "rate=false", "rate.capacity=20"; or a JSON file
  --record FILE       write each request to FILE, one JSON object a line,
                      without credentials, before it is answered
  --save FILE         write the connections to FILE at the end, as
                      --connections takes them
  --ready-file FILE   write url, credentials and pid to FILE, as JSON, when
                      the mock can be called
  --tls               talk https, with a certificate made for this run
  --ca FILE           write the certificate of its authority to FILE, for
                      callers to trust: curl --cacert, NODE_EXTRA_CA_CERTS
  --cors              let pages of any origin call
  --host HOST         listen there, and not only for this machine:  [127.0.0.1]
                      0.0.0.0 is for a container. Whoever reaches it can do
                      all that you can: its credentials are known to everybody
  --name NAME         answer to NAME too, say atlas-mock.test.svc; again for
                      more names
  --proxy URL         no mock: forward everything to URL, and tell where its
                      answers are not as the description says
  --quiet             do not print requests
  --stay              do not end with the process that started this one
  --version           print the version
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
Other processes change a running mock by its control path: GET /_mock/ lists what there is.
`;

/** What the command was told. */
export interface Arguments {
  readonly port: number;
  readonly auth: "check" | "any";
  readonly seed: number;
  readonly quiet: boolean;
  readonly stay: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly tls: boolean;
  readonly cors: boolean;
  readonly names: readonly string[];
  readonly host?: string;
  readonly ca?: string;
  readonly connections?: string;
  readonly scenario?: string;
  readonly faults?: string;
  readonly limits?: string;
  readonly record?: string;
  readonly save?: string;
  readonly readyFile?: string;
  readonly proxy?: string;
}

/** A mistake of the person at the keyboard: told in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** What a proxy takes, too. */
const common = {
  port: text,
  host: text,
  name: { type: "string", multiple: true },
  tls: flag,
  ca: text,
  "ready-file": text,
  quiet: flag,
  stay: flag,
  help: flag,
  version: flag,
  proxy: text,
} as const;

const options = {
  ...common,
  auth: text,
  seed: text,
  cors: flag,
  connections: text,
  scenario: text,
  faults: text,
  limits: text,
  record: text,
  save: text,
} as const;

export function parseArguments(argv: readonly string[]): Arguments {
  const values = parse(argv);
  const {
    port: portText = "4010",
    auth = "check",
    seed = "1",
    name: names = [],
    "ready-file": readyFile,
    quiet = false,
    stay = false,
    help = false,
    version = false,
    tls = false,
    cors = false,
    ...others
  } = values;
  const port = whole("--port", portText);
  if (port > 65_535) throw new UsageError(`--port takes a number up to 65535, not ${portText}`);
  if (auth !== "check" && auth !== "any") throw new UsageError(`--auth takes check or any, not ${auth}`);
  if (others.ca !== undefined && !tls) throw new UsageError("--ca needs --tls: without it there is no authority");
  if (others.proxy !== undefined) checkProxy(others.proxy, values);
  const flags = { quiet, stay, help, version, tls, cors };
  return {
    port,
    auth,
    seed: whole("--seed", seed),
    names,
    ...flags,
    ...(readyFile !== undefined && { readyFile }),
    ...others,
  };
}

function checkProxy(url: string, values: object): void {
  if (!/^https?:$/.test(protocolOf(url))) throw new UsageError(`--proxy takes a URL, not ${url}`);
  const other = Object.keys(values).find((name) => !(name in common));
  if (other !== undefined) throw new UsageError(`--${other} is of the mock, and --proxy is no mock`);
}

function parse(argv: readonly string[]) {
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
