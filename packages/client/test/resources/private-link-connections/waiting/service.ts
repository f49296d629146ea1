import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Fault, type FaultRule, type MockCredentials, type Step, startMock } from "@atlas-streams/mock";
import type { Clock } from "../../../../src/index.js";

export const groupId = "32b6e34b3d91647abb20e7b8";
export const otherGroupId = "32b6e34b3d91647abb20e7b9";

/** The id of the connection with this number. */
export const idOf = (number: number) => number.toString(16).padStart(24, "0");

const kind = { provider: "AWS", vendor: "MSK" };

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

/** What a connection shows: its state, all of its fields, or that it is not there (`null`). */
export type Sight = string | null | { readonly state?: string; readonly errorMessage?: string };

/** What becomes of a connection. */
export type Story = readonly Step[];

/** A step that shows this. */
export function showing(sight: Sight): Step {
  if (sight === null || typeof sight === "string") return { state: sight };
  // A connection that is there has a state in the mock; the fields take it away again where it is not to be seen.
  const { state = "IDLE" } = sight;
  return { state, fields: { state: undefined, ...sight } };
}

/**
 * Shows one thing after the other, one each time it is seen; the last for good. Nobody is seen by being left out of a
 * list, so `null` before the last place is for connections that are read by themselves.
 */
export function inTurn(...sights: readonly Sight[]): Story {
  return sights.map((sight, index) => ({ ...showing(sight), ...(index < sights.length - 1 && { reads: 1 }) }));
}

/** Shows one thing for so many milliseconds, and then lives on. */
export function atFirst(ms: number, sight: Sight, story: Story): Story {
  return [{ ...showing(sight), ms }, ...story];
}

/** The mock, as the tests of waiting look at it. */
export interface Service {
  readonly url: string;
  /** What logs in. */
  readonly account: MockCredentials["serviceAccount"];
  /** Every request for connections, in order; those of a login are not among them. */
  readonly looks: readonly Look[];
  /** The milliseconds between one look and the next. */
  readonly gaps: readonly number[];
  /** How many requests are left without an answer, and still open. */
  readonly held: number;
  /** Lets a project have these connections from now on, and no others. */
  has(connections: Readonly<Record<string, Story>>, groupId?: string): Promise<void>;
  /** Lets looks meet these faults from now on; the counting begins anew. */
  lookMeets(...rules: readonly FaultRule[]): void;
  /** Lets requests for a token meet a fault from now on; the counting begins anew. */
  tokenMeets(fault: Fault, nth?: readonly number[]): void;
  /** Called when a look has been dealt with, and its caller cannot have read the answer yet. */
  afterLook: () => void;
  stop(): Promise<void>;
}

export const problem = (status: number, errorCode: string, detail = "It is so."): Fault => ({
  kind: "answer",
  status,
  body: { error: status, errorCode, detail, parameters: [] },
});

/** A page of a list as the mock's connections do not make it: with these on it, and others somewhere else. */
export function pageOf(sights: Readonly<Record<string, string>>, totalCount = Object.keys(sights).length): Fault {
  const results = Object.entries(sights).map(([_id, state]) => ({ _id, ...kind, state }));
  return { kind: "answer", status: 200, body: { results, totalCount } };
}

/** Each of these numbers, the ends included. */
export const through = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const isLook = ({ path }: { readonly path: string }) => path.startsWith("/api/atlas/");

function lookOf({ at, path }: { readonly at: number; readonly path: string }): Look {
  const { pathname, searchParams } = new URL(path, "http://mock");
  const [, groupId = "", connectionId] =
    /^\/api\/atlas\/v2\/groups\/([^/]+)\/streams\/privateLinkConnections(?:\/([^/]+))?$/.exec(pathname) ?? [];
  if (connectionId) return { at, groupId, connectionId };
  const numberOf = (name: string) => Number(searchParams.get(name));
  return { at, groupId, pageNum: numberOf("pageNum"), itemsPerPage: numberOf("itemsPerPage") };
}

/** Tells which answers of the server at this port have begun: how many in all, and those that are still open. */
function watchAnswers(port: string) {
  let begun = 0;
  const open = new Set<ServerResponse>();
  const begin = (message: unknown) => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (String(request.socket.localPort) !== port) return;
    begun++;
    open.add(response);
    response.on("close", () => open.delete(response));
  };
  subscribe("http.server.request.start", begin);
  return {
    begun: () => begun,
    open: () => [...open].filter((response) => !response.writableEnded).length,
    stop: () => unsubscribe("http.server.request.start", begin),
  };
}

export async function startService(clock: Clock): Promise<Service> {
  let answered = 0;
  const mock = await startMock({
    connections: [],
    clock,
    onAnswered(request) {
      answered++;
      if (isLook(request)) service.afterLook();
    },
  });
  const answers = watchAnswers(new URL(mock.url).port);
  const projects = new Map<string, Readonly<Record<string, Story>>>();

  /** The mock has every project; for the client, one that was never given a connection does not exist. */
  const setFaults = (...rules: readonly FaultRule[]) => {
    const isThere = projects.has(otherGroupId);
    const path = `/groups/${otherGroupId}/`;
    mock.setFaults([...rules, ...(isThere ? [] : [{ fault: problem(404, "GROUP_NOT_FOUND"), path }])]);
  };

  const service: Service = {
    url: mock.url,
    account: mock.credentials.serviceAccount,
    get looks() {
      return mock.requests.filter(isLook).map(lookOf);
    },
    get gaps() {
      const { looks } = service;
      return looks.slice(1).map(({ at }, index) => at - (looks[index]?.at ?? 0));
    },
    get held() {
      // What is open, but for what is still being worked on: the mock is done at once with what it never answers.
      return answers.open() - (answers.begun() - answered);
    },
    async has(connections, project = groupId) {
      projects.set(project, connections);
      setFaults();
      await mock.state.load(
        [...projects].flatMap(([groupId, stories]) =>
          // With a state of its own it has all that it is to have; without, the mock would add more once it is DONE.
          Object.entries(stories).map(([_id, life]) => ({ groupId, _id, ...kind, state: "IDLE", life })),
        ),
      );
    },
    lookMeets: (...rules) => setFaults(...rules.map((rule) => ({ path: "/api/atlas/", ...rule }))),
    tokenMeets: (fault, nth) => setFaults({ fault, path: "/api/oauth/token", ...(nth && { nth }) }),
    afterLook: () => {},
    async stop() {
      answers.stop();
      await mock.stop();
    },
  };
  return service;
}
