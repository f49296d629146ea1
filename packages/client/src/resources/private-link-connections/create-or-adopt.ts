import {
  alreadyExistsErrorCode,
  type PrivateLinkConnection,
  type PrivateLinkConnectionRequest,
} from "@atlas-streams/types";
import { ApiError, ServerError } from "../../answer/api-error.js";
import { ConnectionError, TimeoutError, UnexpectedResponseError } from "../../answer/errors.js";
import { redactJson } from "../../answer/redact-json.js";
import { secretsKeptFor } from "../../answer/secrets.js";
import { throwIfAborted } from "../../call/abort-signals.js";
import { monotonicNow, sleep } from "../../call/clock.js";
import { AlreadyExistsError } from "./already-exists-error.js";
import { type Found, lookFor, meaningOf } from "./look-for.js";
import type { Project } from "./project.js";

/** How long the service is given to show in its list what it has just made. */
const pauseMs = 2000;

/** Creates a connection, unless the project has it before, or has it after a create whose outcome is not known. */
export async function createOrAdopt(
  body: PrivateLinkConnectionRequest,
  project: Project,
): Promise<PrivateLinkConnection> {
  const { mostCreates, deadlineAt, clock, signal } = project;
  const before = await lookFor(body, project.list());
  if (before.same) return before.same;
  if (project.replaceFailed) for (const connection of before.inTheWay) await project.remove(connection);
  for (let creates = 1; ; creates++) {
    try {
      return await project.create(body);
    } catch (error) {
      if (!mayBeThere(error, creates)) throw error;
      if (monotonicNow(clock) + pauseMs >= deadlineAt) throw asRefusal(error, before);
      await sleep(clock, pauseMs, signal);
      const after = await lookFor(body, project.list()).catch(() => {
        throwIfAborted(signal);
        throw error; // that a connection may have been made is what the caller has to know
      });
      const isOwn = isUnclear(error) || creates > 1;
      const [made, another] = after.same ? [after.same] : isOwn ? newOnes(before, after) : [];
      if (made && !another) return made;
      if (another || creates === mostCreates || !isUnclear(error)) throw asRefusal(error, after);
    }
  }
}

/** Whether the connection may be there, though the create has failed: made by it, by one before it, or by somebody else. */
function mayBeThere(error: unknown, creates: number): boolean {
  return isUnclear(error) || isAlreadyThere(error) || (creates > 1 && error instanceof ApiError);
}

function isUnclear(error: unknown): boolean {
  return (
    error instanceof ServerError ||
    error instanceof UnexpectedResponseError ||
    ((error instanceof ConnectionError || error instanceof TimeoutError) && !error.unsent)
  );
}

function isAlreadyThere(error: unknown): error is ApiError {
  return error instanceof ApiError && error.errorCode === alreadyExistsErrorCode;
}

function newOnes(before: Found, after: Found): PrivateLinkConnection[] {
  return after.possible.filter(({ _id }) => !before.possible.some((old) => old._id === _id));
}

/** The service's refusal, and what it does not say: which connection is in the way, in which state, and what can be done. */
function asRefusal(error: unknown, { possible, perhapsInTheWay, ...found }: Found): unknown {
  if (!isAlreadyThere(error)) return error;
  const inTheWay = shown(found.inTheWay);
  const suspects = shown([...possible, ...perhapsInTheWay]);
  if (inTheWay.length + suspects.length === 0) return error;
  const said = error.message.slice(`${error.method} ${error.path} `.length);
  const facts = { ...error, inTheWay: inTheWay.length > 0 ? inTheWay : suspects };
  return new AlreadyExistsError(error, `${said} ${adviceFor(inTheWay, suspects)}`, facts);
}

/** Connections as they may stand in an error: a list, too, may show what it was asked with. */
function shown(connections: readonly PrivateLinkConnection[]): readonly PrivateLinkConnection[] {
  return redactJson(connections, [...new Set(connections.flatMap(secretsKeptFor))]);
}

const mostNamed = 3;

function adviceFor(inTheWay: readonly PrivateLinkConnection[], suspects: readonly PrivateLinkConnection[]): string {
  const named = (connections: readonly PrivateLinkConnection[]) =>
    connections.slice(0, mostNamed).map(nameOf).join(", ") + (connections.length > mostNamed ? " and others" : "");
  if (inTheWay.length === 0)
    return `It may be ${named(suspects)}: the service does not show what tells them apart. Look, and go on with its id or delete it.`;
  const isFailed = inTheWay.some((connection) => meaningOf(connection) === "failed");
  const first = isFailed ? "Delete it, wait" : "Wait";
  return `In the way is ${named(inTheWay)}. ${first} until it is gone (waitUntilDeleted) and create again, or let replaceFailed do that.`;
}

/** Id and state, where they look like one: they come from the service, and go into a message. */
function nameOf({ _id, state }: PrivateLinkConnection): string {
  const isPlain = (value: unknown): value is string => typeof value === "string" && /^\w{1,40}$/.test(value);
  return `${isPlain(_id) ? _id : "one without an id"}, which is ${isPlain(state) ? state : "in no state that is known"}`;
}
