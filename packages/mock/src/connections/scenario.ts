/** One stretch of a connection's life. */
export interface Step {
  /** What `state` says meanwhile; `null`: reading answers with 404, and a list leaves it out. */
  readonly state: string | null;
  /** The step ends when it has been read so often, by itself or in a list. */
  readonly reads?: number;
  /** The step ends so many milliseconds after it began. Without `reads` and `ms`, and as the last one, it never ends. */
  readonly ms?: number;
  /** What the connection has beside its state meanwhile: an `errorMessage`, for instance. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What becomes of a connection. What is left out is as the service does it. */
export interface Life {
  /**
   * How long each step takes, where the steps themselves are not given.
   *
   * @default `{ reads: 1 }`
   */
  readonly pace?: { readonly reads: number } | { readonly ms: number };
  /** It ends as FAILED, with this message: in place of the last step, where steps are given for all or beside it. */
  readonly fails?: string;
  /**
   * From its creation on.
   *
   * @default IDLE, WORKING, then DONE for good
   */
  readonly created?: readonly Step[];
  /**
   * From an update on.
   *
   * @default WORKING, then DONE for good
   */
  readonly updated?: readonly Step[];
  /**
   * From the request to delete it on.
   *
   * @default DELETE_REQUESTED, DELETING, then 404 for good
   */
  readonly deleted?: readonly Step[];
  /** Deleting is refused with STREAM_PRIVATE_LINK_IN_USE: always, or so many times. */
  readonly inUse?: boolean | number;
}

/** What becomes of connections: of all, and of some. The first of `lives` that fits a connection adds to what holds for all. */
export interface Scenario extends Life {
  /** What becomes of some connections only; of those that fit several, the first counts. */
  readonly lives?: readonly LifeOf[];
}

/** What becomes of some connections. */
export interface LifeOf extends Life {
  /** Those that have these values. Upper and lower case are the same. */
  readonly of?: Readonly<Record<string, unknown>>;
  /** Of the connections that fit, only these: 1 is the first to be made. */
  readonly nth?: number | readonly number[];
}

/** The states of the description, by what they mean to somebody who waits. */
export type States = ReadonlyMap<string, readonly string[]>;

/** All three lives of a connection, step by step. */
export interface FullLife {
  readonly created: readonly Step[];
  readonly updated: readonly Step[];
  readonly deleted: readonly Step[];
  readonly inUse: boolean | number;
}

/** What becomes of a connection: as is said of it, else of all, else as the description has the states. */
function fullLife(all: Life, own: Life, states: States): FullLife {
  const life = { ...all, ...own };
  const pace = life.pace ?? { reads: 1 };
  const passing = (meaning: string) => (states.get(meaning) ?? []).map((state) => ({ state, ...pace }));
  const lasting = (meaning: string) => ({ state: states.get(meaning)?.[0] ?? null });
  const failing = (steps: readonly Step[], fails: string | undefined) =>
    fails === undefined ? steps : [...steps.slice(0, -1), { ...lasting("failed"), fields: { errorMessage: fails } }];
  const steps = (part: "created" | "updated", usual: readonly Step[]) => {
    const { [part]: told } = own;
    // That all fail says nothing of those whose own steps are told.
    return told ? failing(told, own.fails) : failing(all[part] ?? usual, life.fails);
  };
  return {
    created: steps("created", [...passing("pending"), lasting("ready")]),
    updated: steps("updated", [...passing("pending").slice(-1), lasting("ready")]),
    deleted: life.deleted ?? [...passing("deleting"), { state: null }],
    inUse: life.inUse ?? false,
  };
}

/** Finds the life of a connection. Only those that are made, and begin a life, count. */
export type Lives = (connection: Readonly<Record<string, unknown>>, counts: boolean) => FullLife;

export function createLives({ lives = [], ...all }: Scenario, states: States): Lives {
  const counters = [...lives, waitingForDomain(all, states)].map((life) => ({ life, seen: 0 }));
  return (connection, counts) => {
    const [found] = counters.filter(
      (counter) => isOf(counter.life, connection) && (counts ? isTurn(counter) : counter.life.nth === undefined),
    );
    return fullLife(all, found?.life ?? {}, states);
  };
}

/** A Confluent Enterprise cluster at AWS is pending until an update sets its domain. */
function waitingForDomain({ created }: Life, states: States): LifeOf {
  const [pending = null] = states.get("pending") ?? [];
  return {
    of: { provider: "AWS", vendor: "CONFLUENT", dnsDomain: undefined },
    created: created ?? [{ state: pending }],
  };
}

function isOf({ of: values = {} }: LifeOf, connection: Readonly<Record<string, unknown>>): boolean {
  const plain = (value: unknown) => JSON.stringify(value)?.toUpperCase();
  return Object.entries(values).every(([name, value]) => plain(value) === plain(connection[name]));
}

function isTurn(counter: { readonly life: LifeOf; seen: number }): boolean {
  counter.seen += 1;
  return counter.life.nth === undefined || [counter.life.nth].flat().includes(counter.seen);
}
