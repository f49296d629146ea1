import type { Clock } from "../clock.js";
import { makeId } from "../random.js";
import { createTwins, type Identity } from "./identity.js";
import { createProgress, type Progress } from "./progress.js";
import type { FullLife, Lives, Step } from "./scenario.js";

/** A connection as it is given to the mock, or saved from it. */
export interface MockConnection {
  /** The project that it is in; every project has it, if none is named. */
  readonly groupId?: string;
  /** What is to become of it; it stays in its `state`, if nothing is said, and begins its life, if it has no state either. */
  readonly life?: readonly Step[];
  /** The fields that the service gives it: `_id`, `provider`, … */
  readonly [field: string]: unknown;
}

/** The fields of a connection, or of a request for one. */
export type Fields = Readonly<Record<string, unknown>>;

/** A connection in a project. */
export interface Connection {
  readonly id: string;
  /** What it has beside its id and what passes with its state. */
  fields: Fields;
  life: FullLife;
  readonly progress: Progress;
  /** Whether it has all that the service adds once it is ready. */
  isComplete: boolean;
  /** How often deleting it was refused. */
  refusals: number;
  /** Where it is from: only what was given to the mock or made in it can be twice, and a stranger is in no list. */
  readonly origin: "example" | "stranger" | "given" | "made";
}

/** The connections of one project. Those that are gone stay known: they are gone, not strangers. */
export interface Project {
  readonly all: ReadonlyMap<string, Connection>;
  /** A connection by its id. Where the description's examples are all there is, an id never heard of is one of them. */
  find(id: string): Connection | undefined;
  make(fields: Fields): Connection;
  /** A connection that is there and leads to the same far end; how many others there are makes no difference. */
  twinOf(fields: Fields): Connection | undefined;
}

export interface Connections {
  project(groupId: string): Project;
  /** Everything in the projects that have been touched, as it stands now. */
  save(): MockConnection[];
  /** Forgets all, and knows just these. */
  load(connections: readonly MockConnection[]): void;
  /** Forgets all, and knows what it knew at first. */
  reset(): void;
  /** What begins from now on is as `lives` has it by now; what has begun goes on. */
  relive(): void;
}

export interface ConnectionsParts {
  /** Given ones, or nothing: then the examples are in every project. */
  readonly given: readonly MockConnection[] | undefined;
  readonly examples: readonly Fields[];
  readonly identity: (fields: Fields) => Identity;
  readonly lives: Lives;
  readonly clock: Clock;
  readonly random: () => number;
}

export function createConnections({ given, examples, identity, lives, clock, random }: ConnectionsParts): Connections {
  let seeds: readonly MockConnection[] = given ?? examples;
  let isOpen = given === undefined;
  const projects = new Map<string, Project>();

  function settle(seed: MockConnection, origin: Connection["origin"]): Connection {
    const { groupId: _, life: steps, _id = makeId(random), state, ...fields } = seed;
    const begins = steps === undefined && typeof state !== "string";
    const life = lives(fields, begins);
    const progress = createProgress(() => clock.now(), steps ?? (begins ? life.created : [{ state: String(state) }]));
    return {
      id: String(_id).toLowerCase(),
      fields,
      life,
      progress,
      isComplete: typeof state === "string",
      refusals: 0,
      origin,
    };
  }

  function open(groupId: string): Project {
    const all = new Map<string, Connection>();
    const twins = createTwins(identity);
    const add = (connection: Connection) => {
      all.set(connection.id, connection);
      // The examples are there to be called: what one of them shows can be asked for.
      if (connection.origin === "given" || connection.origin === "made") twins.add(connection);
      return connection;
    };
    for (const seed of seeds) {
      if (seed.groupId === undefined || seed.groupId === groupId) add(settle(seed, isOpen ? "example" : "given"));
    }
    return {
      all,
      find(id) {
        const known = all.get(id.toLowerCase());
        return known ?? (isOpen ? add(settle({ ...examples[0], _id: id }, "stranger")) : undefined);
      },
      make: (fields) => add(settle(fields, "made")),
      twinOf: twins.find,
    };
  }

  return {
    project(groupId) {
      const project = projects.get(groupId) ?? open(groupId);
      projects.set(groupId, project);
      return project;
    },
    save() {
      return [...projects].flatMap(([groupId, { all }]) =>
        Array.from(all.values(), (connection) => saved(groupId, connection)),
      );
    },
    load(connections) {
      seeds = connections;
      isOpen = false;
      projects.clear();
    },
    reset() {
      seeds = given ?? examples;
      isOpen = given === undefined;
      projects.clear();
    },
    relive() {
      for (const { all } of projects.values())
        for (const connection of all.values()) connection.life = lives(connection.fields, false);
    },
  };
}

function saved(groupId: string, { id, fields, progress }: Connection): MockConnection {
  const { state } = progress.current();
  return { groupId, _id: id, ...fields, ...(state !== null && { state }), life: progress.rest() };
}
