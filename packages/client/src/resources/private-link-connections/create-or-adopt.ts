import {
  connectionStateMeaning,
  defaultPrivateLinkConnection,
  identifyingPrivateLinkConnectionFields as identifyingFields,
  type PrivateLinkConnection,
  type PrivateLinkConnectionRequest,
} from "@atlas-streams/types";
import { ApiError, ServerError } from "../../answer/api-error.js";
import { ConnectionError, TimeoutError, UnexpectedResponseError } from "../../answer/errors.js";
import { asText } from "../../answer/json.js";
import { type Clock, sleep } from "../../call/clock.js";
import { spellingOf } from "./same-far-end.js";

/** What creating needs of a project, and its limits. */
export interface Project {
  create(): Promise<PrivateLinkConnection>;
  list(): AsyncIterable<PrivateLinkConnection>;
  readonly mostCreates: number;
  /** In milliseconds since the epoch. */
  readonly deadlineAt: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How long the service is given to show in its list what it has just made. */
const pauseMs = 2000;

/** Creates a connection, unless the project has it before, or has it after a create whose outcome is not known. */
export async function createOrAdopt(
  body: PrivateLinkConnectionRequest,
  project: Project,
): Promise<PrivateLinkConnection> {
  const { mostCreates, deadlineAt, clock, signal } = project;
  const before = await findLikely(body, project);
  if (before.same) return before.same;
  for (let creates = 1; ; creates++) {
    try {
      return await project.create();
    } catch (error) {
      // After an outcome that is not known, a refusal may just mean that the connection is there.
      if (!isUnclear(error) && (creates === 1 || !(error instanceof ApiError))) throw error;
      if (clock.now() + pauseMs >= deadlineAt) throw error;
      await sleep(clock, pauseMs, signal);
      const { same, possible } = await findLikely(body, project).catch(() => {
        signal.throwIfAborted();
        throw error; // that a connection may have been made is what the caller has to know
      });
      const [made, another] = same
        ? [same]
        : possible.filter(({ _id }) => !before.possible.some((old) => old._id === _id));
      if (made && !another) return made;
      if (another || creates === mostCreates || !isUnclear(error)) throw error;
    }
  }
}

/** The connection that is the one asked for, or else those that might be it, because the service does not show what would tell. */
async function findLikely(body: PrivateLinkConnectionRequest, project: Project) {
  const fields = identifyingFields[kindOf(body)] ?? [];
  const asked = body as { readonly [field: string]: unknown };
  const possible: PrivateLinkConnection[] = [];
  for await (const connection of project.list()) {
    const { [connection.state ?? ""]: meaning = "pending" } = connectionStateMeaning as {
      readonly [state: string]: string;
    };
    if (kindOf(connection) !== kindOf(body) || (meaning !== "pending" && meaning !== "ready")) continue;
    const shown = connection as { readonly [field: string]: unknown };
    const telling = fields.filter((field) => field in asked && field in shown);
    const isOther = (field: string) =>
      spellingOf(kindOf(body), field, asked[field]) !== spellingOf(kindOf(body), field, shown[field]);
    if (telling.some(isOther)) continue;
    if (telling.length > 0 && telling.length === fields.filter((field) => field in asked).length)
      return { same: connection, possible };
    possible.push(connection);
  }
  return { same: undefined, possible };
}

/** Provider and vendor; the service takes them in any case, and fills in what is left out. */
function kindOf({
  provider,
  vendor = defaultPrivateLinkConnection.vendor,
}: {
  provider: unknown;
  vendor?: unknown;
}): string {
  return `${asText(provider)} ${asText(vendor)}`.toUpperCase();
}

function isUnclear(error: unknown): boolean {
  return (
    error instanceof ServerError ||
    error instanceof TimeoutError ||
    error instanceof UnexpectedResponseError ||
    (error instanceof ConnectionError && !error.unsent)
  );
}
