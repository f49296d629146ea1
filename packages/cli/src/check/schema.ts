import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { components, resolve, type Schema } from "../description.js";
import { nearest } from "./nearest.js";

/** What is wrong with a body, by a schema of the description: a sentence for each mistake, with its field and what to do about it. */
export function complaintsAbout(body: unknown, schemaName: string, what: string): string[] {
  const validate = validator().getSchema(`api#/components/schemas/${schemaName}`);
  if (!validate) throw new Error(`The description has no schema ${schemaName}.`);
  validate(body);
  const errors = validate.errors ?? [];
  return [...new Set(withoutOtherChoices(errors).map((error) => sentenceOf(error, what)))];
}

let compiled: Ajv2020 | undefined;

function validator(): Ajv2020 {
  const settings = { allErrors: true, verbose: true, strict: false, validateFormats: false, logger: false } as const;
  compiled ??= new Ajv2020(settings).addSchema({ components }, "api");
  return compiled;
}

/** Of a choice only that is told of which was meant: not of those whose constant or pattern rules the type out. */
function withoutOtherChoices(errors: readonly ErrorObject[]): ErrorObject[] {
  const isChoice = ({ keyword }: ErrorObject) => keyword === "oneOf";
  if (!errors.some(isChoice)) return [...errors];
  const others = new Set(
    errors
      .filter(({ instancePath, keyword }) => /\/type$/.test(instancePath) && /^(const|pattern)$/.test(keyword))
      .map(ownerOf),
  );
  const told = errors.filter((error) => !isChoice(error) && !others.has(ownerOf(error)));
  return told.length > 0 ? told : errors.filter((error) => !isChoice(error));
}

function ownerOf({ schemaPath }: ErrorObject): string | undefined {
  return /components\/schemas\/([^/]+)/.exec(schemaPath)?.[1];
}

const typeWords: { readonly [type: string]: string } = {
  string: "text",
  array: "a list",
  object: "an object with fields",
  boolean: "true or false",
  integer: "a number",
  number: "a number",
};

function sentenceOf(
  { keyword, instancePath, params, parentSchema, message = "is wrong" }: ErrorObject,
  what: string,
): string {
  const path = instancePath.slice(1).replaceAll("/", ".");
  const schema = (parentSchema ?? {}) as Schema;
  const inside = path ? `${path}.` : "";
  switch (keyword) {
    case "required": {
      const { missingProperty } = params as { missingProperty: string };
      return `${inside}${missingProperty} is missing${suchAs(schema.properties?.[missingProperty])}.`;
    }
    case "additionalProperties": {
      const { additionalProperty } = params as { additionalProperty: string };
      const names = Object.entries(schema.properties ?? {}).flatMap(([name, { const: fixed }]) =>
        fixed === undefined ? [name] : [],
      );
      const near = nearest(additionalProperty, names);
      return `${inside}${additionalProperty} is no field of ${path || what}. ${near ? `Is it ${near}?` : `There are ${names.join(", ")}.`}`;
    }
    case "type": {
      const { type } = params as { type: string };
      return `${path || "It"} has to be ${typeWords[type] ?? type}${suchAs(schema)}.`;
    }
    case "const":
      return `${path} has to be ${(params as { allowedValue: string }).allowedValue}.`;
    case "pattern":
      return `${path} does not look like one: it has to match ${(params as { pattern: string }).pattern}${suchAs(schema)}.`;
    case "minLength":
      return `${path} is empty.`;
    case "minProperties":
      return path ? `${path} has no fields.` : "It says nothing.";
    case "maxItems":
      return `${path} has too many: ${(params as { limit: number }).limit} at most.`;
    case "uniqueItems":
      return `${path} has one of them twice.`;
    default:
      return `${path || "It"} ${message}.`;
  }
}

/** An example as it may stand in a sentence. */
function exampleText(example: unknown): string {
  return Array.isArray(example) ? `[${example.join(", ")}]` : String(example).trim();
}

function suchAs(schema: Schema | undefined): string {
  const { example } = schema ? resolve(schema) : {};
  return example === undefined ? "" : `, such as ${exampleText(example)}`;
}
