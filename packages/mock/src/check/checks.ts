import type { IHttpOperation } from "@stoplight/types";
import type { Schema as AjvSchema } from "ajv";
import { operationOf } from "../operations.js";
import { complaint } from "./complaint.js";
import type { Schema } from "./schema.js";
import { schemasOf } from "./schemas.js";

/** What is given to the mock is not what it can be. */
export class InvalidInputError extends TypeError {
  override readonly name = "InvalidInputError";
  /** The first name in the path: `faults` in `faults[0].share`. */
  readonly root: string;

  constructor(message: string) {
    super(message);
    this.root = /^\w*/.exec(message)?.[0] ?? "";
  }
}

/** Each throws an `InvalidInputError` about the first thing that is wrong. */
export interface Checks {
  options(given: unknown): void;
  /** The options of a proxy. */
  proxy(given: unknown): void;
  scenario(given: unknown): void;
  faults(given: unknown): void;
  connections(given: unknown): void;
  seed(given: unknown): void;
  /** How far the clock is to be set forward. */
  clockStep(given: unknown): void;
}

type Library = typeof import("../prism-library.js");

export function createChecks({ Ajv }: Library, operations: readonly IHttpOperation[]): Checks {
  // Numbers may be infinite here; what is not a number at all is caught by the limits.
  const ajv = new Ajv({ strictNumbers: false, strictRequired: false, strictTypes: false, verbose: true });
  ajv.addKeyword({ keyword: "typeof", validate: (wanted: string, given: unknown) => typeof given === wanted });
  ajv.addKeyword({ keyword: "isBody", validate: (_: true, given: unknown) => isBytes(given) || isJson(given) });
  ajv.addKeyword({ keyword: "isBytes", validate: (_: true, given: unknown) => isBytes(given) });
  const check = (root: string, schema: Schema) => {
    const validate = ajv.compile(schema as AjvSchema);
    return (given: unknown) => {
      if (validate(given)) return;
      const [first] = validate.errors ?? [];
      if (first) throw new InvalidInputError(complaint(root, first));
    };
  };
  const { options, proxy, scenario, faults, connections, seed, clockStep } = schemasOf(knownFrom(operations));
  return {
    options: check("", options),
    proxy: check("", proxy),
    scenario: check("scenario", scenario),
    faults: check("faults", faults),
    connections: check("connections", connections),
    seed: check("seed", seed),
    clockStep: check("clock", clockStep),
  };
}

function knownFrom(operations: readonly IHttpOperation[]) {
  const get = operationOf(operations, "getGroupStreamPrivateLinkConnection");
  const schema = get.responses.find(({ code }) => code.startsWith("2"))?.contents?.[0]?.schema;
  const project = get.request?.path?.find(({ name }) => name === "groupId")?.schema;
  return {
    operationIds: [...new Set(operations.flatMap(({ iid }) => iid ?? []))],
    methods: [...new Set([...operations.map(({ method }) => method.toUpperCase()), "PUT", "HEAD", "OPTIONS"])],
    fields: Object.keys(schema?.properties ?? {}),
    projectPattern: project?.pattern ?? "",
  };
}

function isBytes(given: unknown): boolean {
  return typeof given === "string" || given instanceof Uint8Array;
}

function isJson(given: unknown): boolean {
  try {
    return given === undefined || typeof JSON.stringify(given) === "string";
  } catch {
    return false;
  }
}
