import type { ErrorObject } from "ajv";
import { hint, nearest } from "./nearest.js";
import type { Schema } from "./schema.js";

/** Says in one sentence what is wrong, where, and what was meant, if that can be guessed. */
export function complaint(root: string, error: ErrorObject): string {
  const where = pathOf(root, error.instancePath);
  const { keyword, params, data } = error;
  const schema = (error.parentSchema ?? {}) as Schema;
  const known = Object.keys((schema.properties ?? {}) as object);
  switch (keyword) {
    case "additionalProperties": {
      const other = String(params.additionalProperty);
      const place = pathOf(root, `${error.instancePath}/${escaped(other)}`);
      return `${place} is not known; ${hint(other, known)}`;
    }
    case "required": {
      const missing = String(params.missingProperty);
      const unknown = Object.keys(data as object).filter((name) => !known.includes(name));
      const misspelt = unknown.find((name) => nearest(name, [missing]) !== undefined);
      if (misspelt === undefined) return `${pathOf(root, `${error.instancePath}/${missing}`)} is missing`;
      return `${pathOf(root, `${error.instancePath}/${escaped(misspelt)}`)} is not known; did you mean ${missing}?`;
    }
    case "enum": {
      const allowed = (params.allowedValues as unknown[]).map(String);
      const meant = typeof data === "string" ? nearest(data, allowed) : undefined;
      if (meant !== undefined) return `${where} cannot be ${shown(data)}; did you mean ${shown(meant)}?`;
      return `${where} must be one of ${allowed.map(shown).join(", ")}, not ${shown(data)}`;
    }
    case "pattern":
      if (typeof error.propertyName === "string")
        return `${where} has ${shown(error.propertyName)}, which must be ${schema.description}`;
      return `${where} must be ${schema.description}, not ${shown(data)}`;
    default:
      return `${where} must be ${schema.description}, not ${shown(data)}`;
  }
}

/** `/0/fault/kind` as code has it: `faults[0].fault.kind`. */
function pathOf(root: string, pointer: string): string {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path = steps.reduce((before, step) => {
    if (/^\d+$/.test(step)) return `${before}[${step}]`;
    return /^[\w$]+$/.test(step) ? `${before}${before && "."}${step}` : `${before}[${JSON.stringify(step)}]`;
  }, root);
  return path === "" ? "what was given" : path;
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A value, in so few words that it fits into a sentence. */
function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
