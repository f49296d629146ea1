import { AtlasError } from "@atlas-streams/client";
import { type Operation, operationTable } from "@atlas-streams/types";
import type { Output } from "../command/new-command.js";
import { print } from "../command/print.js";
import { readInput } from "../command/read-input.js";
import { exitCodes } from "../exit-codes.js";
import { type SessionOptions, withSession } from "../session/session.js";
import { table } from "../terminal/table.js";
import { printableJson } from "../terminal/text.js";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";

type Words = { readonly [name: string]: string };

export interface RawOptions extends SessionOptions {
  readonly output: Output;
  readonly path?: Words | undefined;
  readonly query?: Words | undefined;
  readonly data?: string | undefined;
  readonly list?: boolean | undefined;
}

/** Calls one operation, found by its method and its path. */
export async function raw(
  world: World,
  method: string | undefined,
  path: string | undefined,
  options: RawOptions,
): Promise<void> {
  if (options.list) return listOperations(world, options);
  if (!method || !path) throw new UsageError("Name a method and a path. --list shows the operations.");
  const [pathname = "", search] = path.split("?");
  const { operation, words } = findOperation(method, pathname);
  const given = { ...words, ...options.path };
  refuseWords(operation, given);
  if (options.data !== undefined && operation.contentType === undefined)
    throw new UsageError(`${operation.method} ${operation.path} takes no body. Nothing was sent.`);
  const body = options.data === undefined ? undefined : await readBody(options.data);
  const query = { ...Object.fromEntries(new URLSearchParams(search)), ...options.query };
  await withSession(world, options, async ({ atlas, groupId }) => {
    const isProject = "groupId" in operation.pathParameters && !("groupId" in given);
    const params = { path: { ...(isProject && { groupId }), ...given }, query };
    const call = atlas.raw[operation.method as "GET"] as unknown as (path: string, init: object) => Promise<RawAnswer>;
    const init = { params, signal: world.interrupt.signal, ...(body !== undefined && { body }) };
    const { data, error, response } = await call(operation.path, init);
    if (error instanceof AtlasError) throw error;
    if (error !== undefined) return tellRefusal(world, operation, response, error, options.output);
    await print(world.terminal.out, options.output, data, () => `${data === undefined ? "" : printableJson(data)}\n`);
  });
}

interface RawAnswer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

function findOperation(method: string, pathname: string): { operation: Operation; words: Words } {
  const ofMethod = operationTable.filter((each) => each.method === method.toUpperCase());
  const found = ofMethod.flatMap((operation) => {
    const words = wordsIn(pathname, operation);
    return words ? [{ operation, words }] : [];
  });
  // A word of the path's own goes before one that could be anything.
  const placesOf = ({ operation }: (typeof found)[number]) => Object.keys(operation.pathParameters).length;
  const [best] = found.toSorted((one, other) => placesOf(one) - placesOf(other));
  if (best) return best;
  const others = operationTable.filter((each) => each.path === pathname).map((each) => each.method);
  if (others.length > 0)
    throw new UsageError(`${pathname} has no ${method.toUpperCase()}; it has ${others.join(", ")}.`);
  throw new UsageError(`${pathname} is no path of the description. --list shows the operations.`);
}

/** The words that a path has where a template has names. One that it leaves as a name is still to be said. */
function wordsIn(pathname: string, { path }: Operation): Words | undefined {
  const pattern = path.replaceAll(/[.:]/g, "\\$&").replaceAll(/\{(\w+)\}/g, "(?<$1>\\{$1\\}|[^/{}]+)");
  const match = new RegExp(`^${pattern}$`).exec(pathname);
  if (!match) return undefined;
  return Object.fromEntries(Object.entries(match.groups ?? {}).filter(([name, word]) => word !== `{${name}}`));
}

/** Refuses words that the path has no place for, and a path with places that no word is for. */
function refuseWords({ path, pathParameters }: Operation, given: Words): void {
  const names = Object.keys(pathParameters);
  const mistakes = [
    ...Object.keys(given)
      .filter((name) => !names.includes(name))
      .map(
        (name) => `${name} is no word of the path; ${names.length > 0 ? `it has ${names.join(", ")}` : "it has none"}.`,
      ),
    ...names
      .filter((name) => name !== "groupId" && !given[name])
      .map((name) => `${name} is not said: --path ${name}=…`),
  ];
  if (mistakes.length > 0) throw new UsageError(`${path} cannot be filled in. Nothing was sent.`, mistakes);
}

async function readBody(data: string): Promise<unknown> {
  const text = data === "-" || data.startsWith("@") ? await readInput(data.replace(/^@/, "")) : data;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError("--data is no JSON. Nothing was sent.");
  }
}

/** The service's own body on stderr, and a sentence before it where a person reads. */
function tellRefusal(
  world: World,
  { method, path }: Operation,
  { status }: Response,
  error: unknown,
  output: Output,
): void {
  const sentence = output === "json" ? "" : `atlas-streams: ${method} ${path} answered ${status}:\n`;
  world.terminal.err.write(`${sentence}${printableJson(error)}\n`);
  world.exitCode =
    status === 404 ? exitCodes.notFound : status === 429 || status >= 500 ? exitCodes.network : exitCodes.refused;
}

async function listOperations({ terminal: { out } }: World, { output }: RawOptions): Promise<void> {
  const operations = operationTable.map(({ method, path, operationId, accept }) => ({
    method,
    path,
    operationId,
    accept,
  }));
  await print(out, output, operations, () =>
    table(
      operations,
      [
        { title: "METHOD", value: ({ method }) => method, isWhole: true },
        { title: "PATH", value: ({ path }) => path, isWhole: true },
        { title: "OPERATION", value: ({ operationId }) => operationId, dropOrder: 1 },
      ],
      out.width,
      (text) => out.paint("bold", text),
    ),
  );
}
