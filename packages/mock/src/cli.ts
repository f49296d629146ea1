import { createRequire } from "node:module";
import { InvalidInputError } from "./check/checks.js";
import { type Arguments, help, parseArguments, UsageError } from "./command/arguments.js";
import { forOption, readFaults, readJson } from "./command/files.js";
import { readLimits } from "./command/limits.js";
import { leaveFiles, prepareFiles, tellReady } from "./command/outside.js";
import { startRecord } from "./command/record.js";
import { openWarning, requestLine, welcome } from "./command/show.js";
import { untilEnd } from "./command/until-end.js";
import type { MockConnection } from "./connections/connections.js";
import type { Scenario } from "./connections/scenario.js";
import { isLoopback } from "./listening/own-names.js";
import type { MockRequest } from "./mock-request.js";
import type { MockOptions } from "./options.js";
import { startProxy } from "./proxy/proxy.js";
import { startMock } from "./start-mock.js";

/** How many requests there are for those who ask by the control path. */
const keepRequests = 10_000;

/** The command `atlas-streams-mock`: runs until it is told to stop, and gives the exit code: 2 for a command line or a file of it that is wrong, 1 for what else goes wrong. */
export async function run(argv: readonly string[], parent = process.ppid): Promise<number> {
  try {
    const told = parseArguments(argv);
    if (told.help || told.version) print(told.help ? help : `${version()}\n`);
    else await serve(told, parent);
    return 0;
  } catch (error) {
    process.stderr.write(`atlas-streams-mock: ${reason(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function serve(told: Arguments, parent: number): Promise<void> {
  const isOver = untilEnd(told.stay, parent);
  const trouble = createTrouble();
  prepareFiles(told);
  const running = await (told.proxy === undefined ? mock(told, trouble.report) : proxy(told, told.proxy));
  if (told.host !== undefined && !isLoopback(told.host)) print(openWarning(told.host));
  try {
    tellReady(told, running);
    await Promise.race([isOver, trouble.reported]);
  } finally {
    await running.stop();
    leaveFiles(told, running.connections);
  }
}

async function mock(told: Arguments, report: (error: unknown) => void) {
  const { port, host, names, tls, cors, auth, seed, quiet, connections, scenario, faults, limits, record } = told;
  const options: MockOptions = {
    ...{ port, host, names, tls, cors, auth, seed, keepRequests },
    ...(connections !== undefined && {
      connections: readJson("--connections", connections) as readonly MockConnection[],
    }),
    ...(scenario !== undefined && { scenario: readJson("--scenario", scenario) as Scenario }),
    ...(faults !== undefined && { faults: readFaults(faults) }),
    ...(limits !== undefined && { limits: readLimits(limits) }),
    ...(record !== undefined && {
      onAnswer: reporting(
        forOption("--record", record, () => startRecord(record)),
        report,
      ),
    }),
    onAnswered(request: MockRequest, tookMs: number) {
      if (!quiet) print(`${requestLine(request, tookMs, process.stdout.isTTY === true)}\n`);
    },
  };
  const started = await startMock(options).catch((error: unknown) => {
    throw error instanceof InvalidInputError ? new UsageError(fromFile(error, told)) : error;
  });
  print(welcome(started, told.ca));
  const { url, ca, credentials, state, stop } = started;
  return { url, ...(ca !== undefined && { ca }), credentials, connections: state.save, stop };
}

/** Says which file is meant. */
function fromFile({ root, message }: InvalidInputError, told: Arguments): string {
  const { connections, scenario, faults, limits } = told;
  const file = new Map(Object.entries({ connections, scenario, faults, limits })).get(root);
  return file === undefined ? message : `--${root}: ${file}: ${message}`;
}

async function proxy({ port, host, names, tls }: Arguments, upstream: string) {
  const told = new Set<string>();
  const started = await startProxy({
    ...{ port, host, names, tls, upstream },
    onDeviation({ operation, where, what }) {
      const line = `${operation}: ${where} ${what}\n`;
      if (!told.has(line)) print(line);
      told.add(line);
    },
  });
  print(
    `Watching ${new URL(upstream).origin} from ${started.url}: point a client here. What differs from the description is told once.\n\n`,
  );
  return { ...started, connections: () => [] };
}

/** Something that goes wrong while requests are answered ends the command, not just an answer. */
function createTrouble() {
  let report: (error: unknown) => void = () => {};
  const reported = new Promise<never>((_, reject) => {
    report = reject;
  });
  return { reported, report };
}

function reporting(write: (request: MockRequest) => void, report: (error: unknown) => void) {
  return (request: MockRequest) => {
    try {
      write(request);
    } catch (error) {
      report(error);
    }
  };
}

function version(): string {
  return (createRequire(import.meta.url)("../package.json") as { readonly version: string }).version;
}

interface SystemError extends NodeJS.ErrnoException {
  readonly port?: number;
  readonly address?: string;
  readonly hostname?: string;
}

const noAddress = new Set(["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"]);

function reason(error: unknown): string {
  const { code = "", message, port, path, address, hostname } = error as SystemError;
  if (code === "EADDRINUSE") return `port ${port} is taken; --port 0 finds a free one`;
  if (code === "EACCES" && port !== undefined) return `port ${port} is not open to you; --port 0 finds a free one`;
  if (noAddress.has(code)) return `${hostname ?? address} is no address of this machine, which --host takes`;
  return error instanceof UsageError || code !== "" ? message : `${message ?? error}${path ? ` (${path})` : ""}`;
}

function print(text: string): void {
  process.stdout.write(text);
}
