import type { Description, Parameter, Response, Schema } from "../description/description.js";
import { resolver } from "../description/references.js";

/** A constant of the generated module, and what it is for. */
export interface Constant {
  readonly name: string;
  readonly comment: string;
  readonly value: unknown;
}

/** What running code has to know of the API beside its operations: where it is, what may be asked for, how to wait. */
export function describeConstants(description: Description): Constant[] {
  return [...server(description), ...ranges(description), ...waits(description), ...meanings(description)];
}

function server({ servers: [first] = [] }: Description): Constant[] {
  return first ? [{ name: "serverUrl", comment: "Where the API is.", value: first.url }] : [];
}

function ranges(description: Description): Constant[] {
  const find = resolver(description);
  return Object.values(description.components?.parameters ?? {}).flatMap((parameter) => {
    const { name, schema = {} } = find<Parameter>(parameter);
    const { type, minimum, maximum, default: standard } = find<Schema>(schema);
    if (type !== "integer" || !/^\w+$/.test(name)) return [];
    return {
      name: `${name}Range`,
      comment: `What the query parameter ${name} may be, and what it is where it is left out.`,
      value: { minimum, ...(maximum && { maximum }), default: standard },
    };
  });
}

function waits(description: Description): Constant[] {
  const find = resolver(description);
  return Object.values(description.components?.responses ?? {}).flatMap((response) => {
    const wait = find<Response>(response)["x-wait"];
    if (!wait) return [];
    const comment =
      "Which error says how many seconds to wait and how many lie between two refills, and in which of its parameters.";
    return { name: "rateLimitWait", comment, value: wait };
  });
}

function meanings({ components }: Description): Constant[] {
  return Object.entries(components?.schemas ?? {}).flatMap(([schema, { "x-state-meaning": meaning }]) => {
    if (!meaning) return [];
    const name = `${schema.charAt(0).toLowerCase()}${schema.slice(1)}Meaning`;
    return { name, comment: "What each state means to somebody who waits.", value: meaning };
  });
}
