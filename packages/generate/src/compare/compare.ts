import type { Description, Operation, RequestBody, Response } from "../description/description.js";
import {
  isSuccess,
  listOperations,
  nameOf,
  type Place as OperationPlace,
  parametersOf,
  writePathsOut,
} from "../description/operations.js";
import { resolver } from "../description/references.js";
import { breakCircles } from "../select/circles.js";
import { type Change, type Comparison, Findings, type Place } from "./change.js";
import { type ContentOptions, compareContent, compareEnds } from "./content.js";
import { compareHeaders } from "./headers.js";
import { compareParameters } from "./parameters.js";
import { type Context, compareDeprecation, type Side } from "./schemas.js";
import { compareSecurity } from "./security.js";
import { shaper } from "./shape.js";

/** How descriptions are compared. */
export interface CompareOptions extends ContentOptions {}

/** Compares two descriptions as their callers meet them: what breaks them, what is new to them. */
export function compareDescriptions(from: Description, to: Description, options: CompareOptions = {}): Comparison {
  const findings = new Findings();
  const one = sideOf(from);
  const other = sideOf(to);
  compareServers(one.description, other.description, findings);
  for (const [key, before] of one.operations) {
    const after = other.operations.get(key);
    if (after) new OperationComparison(before, after, one, other, findings, options).run();
    else findings.add(nameOf(before), nowhere, "major", `is gone: ${key}`);
  }
  for (const [key, after] of other.operations)
    if (!one.operations.has(key)) findings.add(nameOf(after), nowhere, "minor", `is new: ${key}`);
  return findings.comparison();
}

const nowhere: Place = { path: "", part: "", isShared: false };

interface DescriptionSide extends Side {
  readonly description: Description;
  readonly operations: ReadonlyMap<string, OperationPlace>;
}

function sideOf(given: Description): DescriptionSide {
  const description = structuredClone(given);
  writePathsOut(description);
  breakCircles(description);
  const find = resolver(description);
  const operations = new Map(
    // What a path parameter is called makes no difference to the path.
    listOperations(description).map((place) => [
      `${place.method.toUpperCase()} ${place.path.replaceAll(/\{[^}]*\}/g, "{}")}`,
      place,
    ]),
  );
  return { description, find, shapes: shaper(find), operations };
}

class OperationComparison {
  readonly #name: string;
  readonly #from: OperationPlace;
  readonly #to: OperationPlace;
  readonly #one: DescriptionSide;
  readonly #other: DescriptionSide;
  readonly #findings: Findings;
  readonly #options: CompareOptions;

  constructor(
    from: OperationPlace,
    to: OperationPlace,
    one: DescriptionSide,
    other: DescriptionSide,
    findings: Findings,
    options: CompareOptions,
  ) {
    this.#name = nameOf(from);
    this.#from = from;
    this.#to = to;
    this.#one = one;
    this.#other = other;
    this.#findings = findings;
    this.#options = options;
  }

  run(): void {
    this.#compareOperation(this.#from.operation, this.#to.operation);
    compareSecurity(
      this.#one.description,
      this.#from.operation,
      this.#other.description,
      this.#to.operation,
      (...told) => this.#findings.add(this.#name, { ...nowhere, isShared: true }, ...told),
    );
    this.#compareParameters();
    this.#compareBodies();
    this.#compareAnswers();
  }

  #compareOperation(from: Operation, to: Operation): void {
    if (from.operationId !== to.operationId) this.#tell("", "major", `is called ${nameOf(this.#to)} in code`);
    compareDeprecation(from, to, (...told) => this.#tell("", ...told));
    compareEnds(from, to, (...told) => this.#tell("", ...told));
    if (from["x-repeatable"] !== to["x-repeatable"])
      this.#tell(
        "",
        "minor",
        to["x-repeatable"] ? "is repeated after a failure" : "is no longer repeated after a failure",
      );
  }

  #compareParameters(): void {
    const from = parametersOf(this.#from, this.#one.find);
    const to = parametersOf(this.#to, this.#other.find);
    const named = (path: string) => Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name = ""]) => name);
    const before = named(this.#from.path);
    // A path parameter is the one in the same place of the path, whatever it is called.
    const renames = new Map(named(this.#to.path).map((name, index) => [name, before[index] ?? name]));
    const renamed = to.map((parameter) =>
      parameter.in === "path" ? { ...parameter, name: renames.get(parameter.name) ?? parameter.name } : parameter,
    );
    compareParameters(this.#context("request", ""), from, renamed);
  }

  #compareBodies(): void {
    const from = this.#from.operation.requestBody && this.#one.find<RequestBody>(this.#from.operation.requestBody);
    const to = this.#to.operation.requestBody && this.#other.find<RequestBody>(this.#to.operation.requestBody);
    if (from && !to) this.#tell("request", "major", "takes no body any more");
    if (!from && to)
      this.#tell("request", to.required ? "major" : "minor", to.required ? "has to have a body" : "may have a body");
    if (!from || !to) return;
    if (!from.required && to.required) this.#tell("request", "major", "has to have a body");
    if (from.required && !to.required) this.#tell("request", "minor", "may go without a body");
    compareContent(this.#context("request", "request"), from.content ?? {}, to.content ?? {}, this.#options);
  }

  #compareAnswers(): void {
    const from = this.#from.operation.responses;
    const to = this.#to.operation.responses;
    for (const [status, reference] of Object.entries(from)) {
      const part = isSuccess(status) ? `answer ${status}` : `error ${status}`;
      const after = to[status];
      if (after)
        this.#compareAnswer(part, this.#one.find<Response>(reference), this.#other.find<Response>(after), status);
      else if (isSuccess(status)) this.#tell(part, "major", "is gone");
      else this.#tell(part, "patch", "is gone");
    }
    for (const status of Object.keys(to)) {
      const part = isSuccess(status) ? `answer ${status}` : `error ${status}`;
      if (!from[status]) this.#tell(part, "minor", "is new");
    }
  }

  #compareAnswer(part: string, from: Response, to: Response, status: string): void {
    const context = this.#context("answer", part);
    const content = { ...this.#options, isError: !isSuccess(status) };
    compareContent(context, from.content ?? {}, to.content ?? {}, content);
    compareHeaders(context, from, to);
  }

  #context(direction: "request" | "answer", part: string): Context {
    return {
      old: this.#one,
      new: this.#other,
      direction,
      part,
      report: (place, level, what) => this.#findings.add(this.#name, place, level, what),
    };
  }

  #tell(part: string, level: Change["level"], what: string): void {
    this.#findings.add(this.#name, { path: "", part, isShared: false }, level, what);
  }
}

function compareServers(
  { servers: from = [] }: Description,
  { servers: to = [] }: Description,
  findings: Findings,
): void {
  const urls = (servers: readonly { url: string }[]) => servers.map(({ url }) => url.replace(/\/$/, ""));
  const [before, after] = [urls(from), urls(to)];
  for (const url of before) if (!after.includes(url)) findings.add("servers", nowhere, "major", `${url} is gone`);
  for (const url of after) if (!before.includes(url)) findings.add("servers", nowhere, "minor", `${url} is new`);
}
