import { InvalidInputError } from "./check/checks.js";
import { type Arguments, help, parseArguments, UsageError } from "./command/arguments.js";
import { readFaults, readJson } from "./command/files.js";
import { startRecord } from "./command/record.js";
import { requestLine, welcome } from "./command/show.js";
import { untilEnd } from "./command/until-end.js";
import type { MockConnection } from "./connections/connections.js";
import type { Scenario } from "./connections/scenario.js";
import type { MockRequest } from "./mock-request.js";
import type { MockOptions } from "./options.js";
import { startProxy } from "./proxy/proxy.js";
import { startMock } from "./start-mock.js";

/** The command `atlas-streams-mock`: runs until it is told to stop, and gives the exit code. */
export async function run(argv: readonly string[], parent = process.ppid): Promise<number> {
  try {
    const told = parseArguments(argv);
    if (told.help) {
      print(help);
      return 0;
    }
    const isOver = untilEnd(told.stay, parent);
    const running = await (told.proxy === undefined ? mock(told) : proxy(told, told.proxy));
    await isOver;
    await running.stop();
    return 0;
  } catch (error) {
    process.stderr.write(`atlas-streams-mock: ${reason(error)}\n`);
    return 1;
  }
}

async function mock(told: Arguments) {
  const { port, auth, seed, quiet, connections, scenario, faults, record } = told;
  const options: MockOptions = {
    port,
    auth,
    seed,
    keepRequests: 0,
    ...(connections !== undefined && {
      connections: readJson("--connections", connections) as readonly MockConnection[],
    }),
    ...(scenario !== undefined && { scenario: readJson("--scenario", scenario) as Scenario }),
    ...(faults !== undefined && { faults: readFaults(faults) }),
    ...(record !== undefined && { onAnswer: startRecord(record) }),
    onAnswered(request: MockRequest, tookMs: number) {
      if (!quiet) print(`${requestLine(request, tookMs, process.stdout.isTTY === true)}\n`);
    },
  };
  const started = await startMock(options).catch((error: unknown) => {
    throw error instanceof InvalidInputError ? new UsageError(fromFile(error, told)) : error;
  });
  print(welcome(started.url, started.credentials));
  return started;
}

/** Says which file is meant. */
function fromFile({ root, message }: InvalidInputError, { connections, scenario, faults }: Arguments): string {
  const file = new Map(Object.entries({ connections, scenario, faults })).get(root);
  return file === undefined ? message : `--${root}: ${file}: ${message}`;
}

async function proxy({ port }: Arguments, upstream: string) {
  const told = new Set<string>();
  const started = await startProxy({
    port,
    upstream,
    onDeviation({ operation, where, what }) {
      const line = `${operation}: ${where} ${what}\n`;
      if (!told.has(line)) print(line);
      told.add(line);
    },
  });
  print(
    `Watching ${new URL(upstream).origin} from ${started.url}: point a client here. What differs from the description is told once.\n\n`,
  );
  return started;
}

function reason(error: unknown): string {
  const { code, message, port, path } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return `port ${port} is taken; --port 0 finds a free one`;
  if (code === "EACCES" && port !== undefined) return `port ${port} is not open to you; --port 0 finds a free one`;
  return error instanceof UsageError || code !== undefined ? message : `${message ?? error}${path ? ` (${path})` : ""}`;
}

function print(text: string): void {
  process.stdout.write(text);
}
