import { isDeepStrictEqual } from "node:util";
import { isAtlasError } from "@atlas-streams/client";
import { mistakesOfBody, refuseMistakes } from "../check/body.js";
import { printRequests } from "../command/dry-run.js";
import type { Output } from "../command/new-command.js";
import { print } from "../command/print.js";
import { calledInput, parseDocuments, readInput } from "../command/read-input.js";
import type { Key, NamedResource, Resource } from "../resources/resource.js";
import { type Session, type SessionOptions, withSession } from "../session/session.js";
import { UsageError } from "../usage-error.js";
import { waitAndTell } from "../waiting/wait-and-tell.js";
import type { World } from "../world.js";

export interface WriteOptions extends SessionOptions {
  readonly output: Output;
  readonly file?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly timeout?: number | undefined;
  readonly interval?: number | undefined;
}

const noFile = "Give --file. --help shows what stands in it.";

/** Makes what the words or a file say, after all of it has been found to be what the service takes. */
export async function createNamed<Item>(
  world: World,
  resource: NamedResource<Item>,
  scope: Key,
  said: object,
  options: WriteOptions,
): Promise<void> {
  const { making, noun } = resource;
  const bodies = await bodiesOf(said, options, making.hasFlags ? "Name one and its fields, or give --file." : noFile);
  refuseMistakes(bodies, (body) => mistakesOfBody(body, making.schemaName, `a ${noun}`));
  if (options.dryRun) return printRequests(world, making.operation, wordsFor(resource, scope), bodies, options);
  await withSession(world, options, async (session) => {
    const made: Item[] = [];
    for (const body of bodies) made.push(await makeOne(world, session, resource, scope, body));
    const keys = made.map((item) => [...scope, resource.nameOf(item)]);
    await tellWritten(world, session, resource, made, keys, options);
  });
}

/** Changes one as the words or a file say. */
export async function update<Item>(
  world: World,
  resource: Resource<Item>,
  key: Key,
  said: object,
  options: WriteOptions,
): Promise<void> {
  const { changing, noun } = resource;
  const bodies = await bodiesOf(
    said,
    options,
    changing.hasFlags ? "Say what to change, or give --file. --help shows what there is." : noFile,
  );
  const [document, ...others] = bodies;
  if (others.length > 0)
    throw new UsageError(
      `${calledInput(options.file ?? "")} holds ${bodies.length} documents; one is changed at a time.`,
    );
  const body = changing.isWhole ? named(document, key.at(-1) ?? "") : document;
  refuseMistakes([body], (each) => mistakesOfBody(each, changing.schemaName, `an update of a ${noun}`));
  if (options.dryRun)
    return printRequests(world, changing.operation, wordsFor(resource, key), [body as object], options);
  await withSession(world, options, async (session) => {
    const changed = await changing.send(session, key, body as object, { signal: world.interrupt.signal });
    await tellWritten(world, session, resource, [changed], [key], options);
  });
}

async function bodiesOf(said: object, { file }: WriteOptions, nothing: string): Promise<object[]> {
  const isSaid = Object.keys(said).length > 0;
  if (file === undefined) {
    if (!isSaid) throw new UsageError(nothing);
    return [said];
  }
  if (isSaid) throw new UsageError("The fields stand in the file, or are said by flags; not both.");
  const bodies = (await parseDocuments(await readInput(file), file)).flat();
  if (bodies.length === 0) throw new UsageError(`${calledInput(file)} holds nothing.`);
  return bodies as object[]; // what is none is told by the check
}

/** The whole of what is changed has its name; it need not be said twice. */
function named(document: unknown, name: string): unknown {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
  const { name: given = name } = document as { readonly name?: unknown };
  if (given !== name) throw new UsageError(`The file is for ${String(given)}, and the command for ${name}.`);
  return { ...document, name };
}

/** The values of the path's parameters, in the order in which they stand there after the project. */
function wordsFor<Item>({ changing }: Resource<Item>, words: Key): { readonly [parameter: string]: string } {
  const names = Array.from(changing.operation.path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name).slice(1);
  return Object.fromEntries(names.flatMap((name, index) => (words[index] === undefined ? [] : [[name, words[index]]])));
}

async function makeOne<Item>(
  { terminal: { err }, interrupt: { signal }, flags }: World,
  session: Session,
  resource: NamedResource<Item>,
  scope: Key,
  body: object,
): Promise<Item> {
  const { command, making } = resource;
  try {
    return await making.send(session, scope, body, { signal });
  } catch (error) {
    const { name } = body as { readonly name: string };
    if (!isThere(error)) throw error;
    const present = await resource.get(session, [...scope, name], { signal });
    const differing = differences(body, present as object);
    const words = ["atlas-streams", command, "update", ...scope, name].join(" ") + flags;
    if (differing.length === 0) err.write(`${name} is there already, and was left as it is.\n`);
    else err.write(`${name} is there already, but differs in ${differing.join(", ")}. To change it: ${words}\n`);
    if (differing.length > 0) throw error;
    return present;
  }
}

function isThere(error: unknown): boolean {
  return isAtlasError(error) && "errorCode" in error && /_ALREADY_EXISTS/.test(String(error.errorCode));
}

/** Fields that are there with another value than is wanted. What the service does not show cannot be compared. */
function differences(wanted: object, present: object, path = ""): string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const { [name]: there } = present as { readonly [name: string]: unknown };
    if (there === undefined || isDeepStrictEqual(value, there)) return [];
    const isInner = [value, there].every((each) => typeof each === "object" && each !== null && !Array.isArray(each));
    return isInner ? differences(value as object, there as object, `${path}${name}.`) : [`${path}${name}`];
  });
}

/** Prints what was made or changed; with `--wait`, when it has come to its end. */
export async function tellWritten<Item>(
  world: World,
  session: Session,
  resource: Resource<Item>,
  items: readonly Item[],
  keys: readonly Key[],
  { output, wait, timeout, interval }: WriteOptions,
): Promise<void> {
  const { out } = world.terminal;
  const isSingle = items.length === 1;
  if (wait) return waitAndTell(world, session, resource, keys, { goal: "done", output, timeout, interval, isSingle });
  await print(out, output, isSingle ? items[0] : items, async () => {
    const drawings = items.map((item) =>
      resource.draw(item, { groupId: session.groupId, screen: out, flags: world.flags }),
    );
    return (await Promise.all(drawings)).join("\n");
  });
}
