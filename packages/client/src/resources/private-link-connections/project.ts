import {
  itemsPerPageRange,
  listGroupStreamPrivateLinkConnections,
  type PrivateLinkConnection,
  type PrivateLinkConnectionPage,
  type PrivateLinkConnectionRequest,
} from "@atlas-streams/types";
import { NotFoundError } from "../../answer/api-error.js";
import { TimeoutError } from "../../answer/errors.js";
import { keepSecretsOf } from "../../answer/secrets.js";
import { type Clock, monotonicNow } from "../../call/clock.js";
import { type CallOptions, requireDuration } from "../../call/options.js";
import { walkPages } from "../paging.js";
import { meaningOf } from "./look-for.js";
import type { WaitOptions } from "./waiting/options.js";

/** How `createOrAdopt` is done. */
export interface CreateOrAdoptOptions extends CallOptions {
  /** How long all of it may take, in milliseconds. @default that of the client's calls; with `replaceFailed` 3600000, since a removal takes minutes */
  readonly deadlineMs?: number | undefined;
  /** Removes a connection to the same far end that has failed, or waits for the end of one that is being removed, and then creates. @default false */
  readonly replaceFailed?: boolean | undefined;
}

/** What creating or adopting does in a project, and its limits. */
export interface Project {
  create(body: PrivateLinkConnectionRequest): Promise<PrivateLinkConnection>;
  list(): AsyncIterable<PrivateLinkConnection>;
  /** Removes what has failed, or is being removed already; resolves when it is gone. */
  remove(connection: PrivateLinkConnection): Promise<void>;
  readonly replaceFailed: boolean;
  readonly mostCreates: number;
  /** By the clock's monotonic time. */
  readonly deadlineAt: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The methods that all of it is made of. */
export interface Connections {
  create(
    parameters: { readonly groupId: string; readonly body: PrivateLinkConnectionRequest },
    options: CallOptions,
  ): Promise<PrivateLinkConnection>;
  listPage(
    parameters: { readonly groupId: string; readonly itemsPerPage: number; readonly pageNum: number },
    options: CallOptions,
  ): Promise<PrivateLinkConnectionPage>;
  delete(parameters: Named, options: CallOptions): Promise<void>;
  waitUntilDeleted(parameters: Named, options: WaitOptions): Promise<void>;
}

interface Named {
  readonly groupId: string;
  readonly connectionId: string;
}

const anHourMs = 3_600_000;
/** A timer may fire a little before its time. */
const timerErrorMs = 2;
const { maximum: largestPage } = itemsPerPageRange;

/** A project under one deadline: each call on the way has what is left of it. */
export function projectOf(
  connections: Connections,
  groupId: string,
  { replaceFailed = false, ...options }: CreateOrAdoptOptions,
  client: { readonly clock: Clock; readonly deadlineMs: number },
): Project {
  const { clock } = client;
  const deadlineMs = options.deadlineMs ?? (replaceFailed ? anHourMs : client.deadlineMs);
  const deadlineAt = monotonicNow(clock) + requireDuration("deadlineMs", deadlineMs);
  const tooLate = `timed out: createOrAdopt was not done by its deadline of ${deadlineMs} ms.`;
  const signal = options.signal ?? new AbortController().signal;

  function leftMs(): number {
    const left = deadlineAt - monotonicNow(clock);
    if (left > 0) return left;
    throw new TimeoutError(listGroupStreamPrivateLinkConnections, tooLate, { unsent: true });
  }

  /** The options of one call. Where the caller has set no deadline, the client's holds for each call, too. */
  function limited(): CallOptions {
    const most = options.deadlineMs === undefined ? client.deadlineMs : Number.POSITIVE_INFINITY;
    return { ...options, deadlineMs: Math.min(leftMs(), most) };
  }

  /** One call. It does not know of the others, and would say that its deadline was what they had left. */
  async function inTime<Value>(call: (limits: CallOptions) => Promise<Value>): Promise<Value> {
    try {
      return await call(limited());
    } catch (cause) {
      if (!(cause instanceof TimeoutError) || deadlineAt - monotonicNow(clock) > timerErrorMs) throw cause;
      throw new TimeoutError(cause, tooLate, { unsent: cause.unsent }, { cause });
    }
  }

  return {
    create: (body) => inTime((limits) => connections.create({ groupId, body }, limits)),
    list: () =>
      walkPages(listGroupStreamPrivateLinkConnections, largestPage, async (pageNum) => {
        const asked = { groupId, itemsPerPage: largestPage, pageNum };
        const page = await inTime((limits) => connections.listPage(asked, limits));
        for (const connection of page.results) keepSecretsOf(page, connection); // it may get into an error
        return page;
      }),
    async remove(connection) {
      const named = { groupId, connectionId: connection._id };
      if (meaningOf(connection) === "failed")
        await inTime((limits) => connections.delete(named, limits)).catch((error: unknown) => {
          if (!(error instanceof NotFoundError)) throw error; // gone is what is wanted
        });
      await connections.waitUntilDeleted(named, { signal, timeoutMs: leftMs() });
    },
    replaceFailed,
    mostCreates: options.retry === false ? 1 : 3,
    deadlineAt,
    clock,
    signal,
  };
}
