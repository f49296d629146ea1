import type { Clock } from "../clock.js";
import type { Life, LifeOf, Scenario, Step } from "../connections/scenario.js";
import type { FaultRule } from "../faults/fault.js";
import type { ListenOptions } from "../listening/listen-options.js";
import type { ChallengeBody, MockLimits, MockOptions } from "../options.js";
import type { ProxyOptions } from "../proxy/proxy.js";
import type { Rate } from "../rate.js";
import { faultSchema } from "./fault-schema.js";
import { count, either, flag, list, object, ordinal, type Schema, text } from "./schema.js";

/** What only the description of the API knows. */
export interface Known {
  readonly operationIds: readonly string[];
  readonly methods: readonly string[];
  /** The fields of a connection. */
  readonly fields: readonly string[];
  /** What the id of a project looks like. */
  readonly projectPattern: string;
}

const nth = either("array", list("a list of numbers", ordinal), ordinal);

/** The schemas of all that a person writes by hand. `satisfies` holds each against its type, field by field. */
export function schemasOf(known: Known) {
  const fields = object("fields of a connection", Object.fromEntries(known.fields.map((name) => [name, {}])));

  const step = object(
    "a step",
    {
      state: { type: ["string", "null"], description: "a state, or null" },
      reads: count,
      ms: count,
      fields,
    } satisfies Record<keyof Step, Schema>,
    { required: ["state"] },
  );
  const steps = list("a list of steps", step);

  const life = {
    pace: object("{ reads } or { ms }", { reads: count, ms: count }, { minProperties: 1, maxProperties: 1 }),
    fails: { ...text, description: "a text, the message of the failure" },
    created: steps,
    updated: steps,
    deleted: steps,
    inUse: { type: ["boolean", "number"], minimum: 0, description: "true, false, or how many times" },
  } satisfies Record<keyof Life, Schema>;
  const lifeOf = { ...life, of: fields, nth } satisfies Record<keyof LifeOf, Schema>;
  const lives = list("a list of lives", object("a life", lifeOf));
  const scenario = object("a scenario", { ...life, lives } satisfies Record<keyof Scenario, Schema>);

  const projectId = {
    type: "string",
    pattern: known.projectPattern,
    description: "the id of a project, 24 hexadecimal digits in lower case",
  };
  const connection = object("a connection", {
    ...(fields.properties as Schema),
    groupId: projectId,
    life: steps,
  });
  const connections = list("a list of connections", connection);

  const rule = {
    fault: faultSchema,
    operationId: { enum: known.operationIds },
    method: { enum: [...known.methods, ...known.methods.map((method) => method.toLowerCase())] },
    path: text,
    credentials: { enum: ["good", "any"] },
    nth,
    share: { type: "number", minimum: 0, maximum: 1, description: "a number from 0 to 1" },
    done: flag,
  } satisfies Record<keyof FaultRule, Schema>;
  const faults = list("a list of rules", object("a rule", rule, { required: ["fault"] }));

  const rate = object("a rate, or false", {
    capacity: ordinal,
    refill: ordinal,
    perMs: { type: "number", exclusiveMinimum: 0, description: "a number of milliseconds" },
  } satisfies Record<keyof Rate, Schema>);
  const limits = object("the limits", {
    tokenLifetimeSeconds: count,
    liveTokens: count,
    tokenRequestsPerMinute: count,
    nonceLifetimeMs: count,
    rate: either("boolean", { const: false, description: "a rate, or false" }, rate),
  } satisfies Record<keyof MockLimits, Schema>);

  const seed = { type: "number", description: "a number" };
  const clockStep = object("an object with advanceMs", { advanceMs: count }, { required: ["advanceMs"] });
  const call = { typeof: "function", description: "a function" };
  const clock = {
    type: "object",
    description: "a clock: now() and schedule(callback, delayMs)",
    properties: { now: call, schedule: call } satisfies Record<keyof Clock, Schema>,
    required: ["now", "schedule"],
  };
  const bodies: readonly ChallengeBody[] = ["error-code", "no-error-code", "empty"];
  const listening = {
    port: { type: "integer", minimum: 0, maximum: 65_535, description: "a port, from 0 to 65535" },
    host: { ...text, minLength: 1, description: "an address, or a name of one" },
    names: list("a list of names", {
      ...text,
      pattern: "^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$",
      description: "a name such as atlas-mock.test",
    }),
    tls: flag,
  } satisfies Record<keyof ListenOptions, Schema>;
  const options = object("an object with options", {
    ...listening,
    cors: flag,
    auth: { enum: ["check", "any"] },
    connections,
    projects: list("a list of ids", projectId),
    scenario,
    faults,
    seed,
    clock,
    onAnswer: call,
    onAnswered: call,
    keepRequests: count,
    challengeBody: { enum: bodies },
    description: { ...text, minLength: 1, description: "a file with a description" },
    limits,
  } satisfies Record<keyof MockOptions, Schema>);

  const proxy = object(
    "an object with options",
    { ...listening, upstream: { ...text, description: "the URL of a service" }, onDeviation: call } satisfies Record<
      keyof ProxyOptions,
      Schema
    >,
    { required: ["upstream", "onDeviation"] },
  );

  return { options, proxy, scenario, faults, connections, seed, clockStep };
}
