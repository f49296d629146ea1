import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../src/index.js";

export const groupId = "32b6e34b3d91647abb20e7b8";
export const otherGroupId = "32b6e34b3d91647abb20e7b9";
export const account = { clientId: "mdb_sa_id_1234567890abcdef12345678", clientSecret: "mdb_sa_sk_tell-nobody" };

/** The id of the connection with this number. */
export const idOf = (number: number) => number.toString(16).padStart(24, "0");

/** A look at the service, as the service noted it. */
export interface Look {
  /** When it arrived, by the service's clock. */
  readonly at: number;
  readonly groupId: string;
  /** The connection that was read; absent where the list was. */
  readonly connectionId?: string;
  /** The page of the list. */
  readonly pageNum?: number;
  readonly itemsPerPage?: number;
}

/** What the service answers with; `hold` answers nothing and keeps the connection open, `reset` breaks it. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "hold"
  | "reset";

/** What a connection shows: its state, all of its fields, or that it is not there (`null`). */
export type Sight = string | null | { readonly state?: string; readonly errorMessage?: string };

/** What a connection shows when it is seen for the nth time, from 1, so many milliseconds after the service began. */
export type Story = (nth: number, elapsedMs: number) => Sight;

/** Shows one thing after the other, one each time it is seen; the last for good. */
export function inTurn(...sights: readonly Sight[]): Story {
  return (nth) => sights[Math.min(nth, sights.length) - 1] ?? null;
}

/** A service of our own, whose every look is noted and whose every answer is told to it. */
export interface Service {
  readonly url: string;
  /** Every request for connections, in order; those of a login are not among them. */
  readonly looks: readonly Look[];
  /** The milliseconds between one look and the next. */
  readonly gaps: readonly number[];
  /** How many requests are being held. */
  readonly held: number;
  /** How many sockets are open. */
  readonly sockets: number;
  /** Answers instead of a connection's story; `nth` counts all looks, from 1. */
  before: (look: Look, nth: number) => Answer | undefined;
  /** Answers a request for a token. */
  token: () => Answer;
  /** Lets a project have these connections from now on, and no others. */
  has(connections: Readonly<Record<string, Story>>, groupId?: string): void;
  stop(): Promise<void>;
}

export const problem = (status: number, errorCode: string, detail = "It is so."): Answer => ({
  status,
  body: { error: status, errorCode, detail, parameters: [] },
});

interface Subject {
  readonly story: Story;
  seen: number;
}

export async function startService(clock: Clock): Promise<Service> {
  const startedAt = clock.now();
  const projects = new Map<string, Map<string, Subject>>();
  /** Each project's list as it was when its first page was read, so that a list is one sight of a connection, not one a page. */
  const lists = new Map<string, object[]>();
  const looks: Look[] = [];
  let held = 0;
  let sockets = 0;

  function show(_id: string, subject: Subject): object | undefined {
    const sight = subject.story(++subject.seen, clock.now() - startedAt);
    if (sight === null) return undefined;
    return { _id, provider: "AWS", vendor: "MSK", ...(typeof sight === "string" ? { state: sight } : sight) };
  }

  function answerTo({ groupId, connectionId, pageNum = 1, itemsPerPage = 100 }: Look): Answer {
    const project = projects.get(groupId);
    if (!project) return problem(404, "GROUP_NOT_FOUND");
    if (connectionId) {
      const subject = [...project].find(([id]) => id.toLowerCase() === connectionId.toLowerCase())?.[1];
      const body = subject && show(connectionId, subject);
      return body ? { status: 200, body } : problem(404, "RESOURCE_NOT_FOUND");
    }
    if (pageNum === 1)
      lists.set(
        groupId,
        [...project].flatMap(([_id, subject]) => show(_id, subject) ?? []),
      );
    const all = lists.get(groupId) ?? [];
    const results = all.slice((pageNum - 1) * itemsPerPage, pageNum * itemsPerPage);
    return { status: 200, body: { results, totalCount: all.length } };
  }

  function send(response: ServerResponse, answer: Answer): void {
    if (answer === "reset") {
      response.socket?.destroy();
      return;
    }
    if (answer === "hold") {
      held++;
      response.on("close", () => held--);
      return;
    }
    const { status, body, headers } = answer;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }

  function serve({ url = "" }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, service.url);
    if (pathname.startsWith("/api/oauth/")) {
      send(response, service.token());
      return;
    }
    const [, groupId = "", connectionId] =
      /^\/api\/atlas\/v2\/groups\/([^/]+)\/streams\/privateLinkConnections(?:\/([^/]+))?$/.exec(pathname) ?? [];
    const at = clock.now();
    const look = connectionId
      ? { at, groupId, connectionId }
      : {
          at,
          groupId,
          pageNum: Number(searchParams.get("pageNum")),
          itemsPerPage: Number(searchParams.get("itemsPerPage")),
        };
    looks.push(look);
    send(response, service.before(look, looks.length) ?? answerTo(look));
  }

  const server = createServer((request, response) => {
    request.resume().on("end", () => serve(request, response));
  });
  server.on("connection", (socket) => {
    sockets++;
    socket.on("close", () => sockets--);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const service: Service = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    looks,
    get gaps() {
      return looks.slice(1).map(({ at }, index) => at - (looks[index]?.at ?? 0));
    },
    get held() {
      return held;
    },
    get sockets() {
      return sockets;
    },
    before: () => undefined,
    token: () => ({ status: 200, body: { access_token: "eyJ0b2tlbg", expires_in: 3600, token_type: "Bearer" } }),
    has(connections, project = groupId) {
      const subjects = Object.entries(connections).map(([id, story]) => [id, { story, seen: 0 }] as const);
      projects.set(project, new Map(subjects));
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return service;
}
