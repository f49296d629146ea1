import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { distance } from "fastest-levenshtein";
import { components, resolve, schemaOf } from "../description.js";
import { findKind, type Kind, kinds } from "./kinds.js";

/** What the service would refuse, before it is sent: each mistake with its field and what to do about it. */
export function mistakesOf(body: unknown): string[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return ["It is no object with fields."];
  const { provider, vendor } = body as { readonly provider?: unknown; readonly vendor?: unknown };
  if (provider === undefined) return [`provider is missing. It is one of ${providers().join(", ")}.`];
  for (const [name, value] of Object.entries({ provider, vendor }))
    if (value !== undefined && typeof value !== "string") return [`${name} has to be text.`];
  const kind = findKind({ provider, vendor });
  if (kind) return complaints(kind, { ...body, ...kind.constants });
  const ofProvider = kinds.filter((each) => each.provider === String(provider).toUpperCase());
  // A kind that is newer than this command: the service is the judge.
  if (vendor !== undefined) return typoOf(String(provider), String(vendor), ofProvider);
  return [
    `vendor is missing. At ${String(provider)} it is one of ${(ofProvider.length > 0 ? ofProvider : kinds).map((each) => each.vendor).join(", ")}.`,
  ];
}

function providers(): string[] {
  return [...new Set(kinds.map((kind) => kind.provider))];
}

/** A vendor that is known at another provider, or nearly a known one, is a mistake. */
function typoOf(provider: string, vendor: string, ofProvider: readonly Kind[]): string[] {
  const elsewhere = kinds.filter((each) => each.vendor === vendor.toUpperCase()).map((each) => each.provider);
  if (elsewhere.length > 0) return [`vendor ${vendor} is one at ${elsewhere.join(" and ")}, not at ${provider}.`];
  const near = nearest(
    vendor.toUpperCase(),
    (ofProvider.length > 0 ? ofProvider : kinds).map((each) => each.vendor),
  );
  if (near) return [`vendor ${vendor} is unknown. Is it ${near}?`];
  const nearProvider = ofProvider.length === 0 ? nearest(provider.toUpperCase(), providers()) : undefined;
  return nearProvider ? [`provider ${provider} is unknown. Is it ${nearProvider}?`] : [];
}

function complaints(kind: Kind, body: object): string[] {
  const validate = validator().getSchema(`api#/components/schemas/${kind.schemaName}`);
  if (!validate) throw new Error(`The description has no schema ${kind.schemaName}.`);
  validate(body);
  return (validate.errors ?? []).map((error) => sentenceOf(error, kind));
}

let compiled: Ajv2020 | undefined;

function validator(): Ajv2020 {
  compiled ??= new Ajv2020({ allErrors: true, strict: false, validateFormats: false, logger: false }).addSchema(
    { components },
    "api",
  );
  return compiled;
}

function sentenceOf({ keyword, instancePath, params, message = "is wrong" }: ErrorObject, kind: Kind): string {
  const path = instancePath.slice(1).replaceAll("/", ".");
  const field = kind.fields.find(({ name }) => name === path.split(".")[0]);
  const example = field ? exampleText(field.example) : "";
  const of = `${kind.provider} ${kind.vendor}`;
  switch (keyword) {
    case "required": {
      const { missingProperty } = params as { missingProperty: string };
      const missing = kind.fields.find(({ name }) => name === missingProperty);
      return `${missingProperty} is missing${missing ? `, such as ${exampleText(missing.example)}` : ""}.`;
    }
    case "additionalProperties": {
      const { additionalProperty } = params as { additionalProperty: string };
      const names = kind.fields.map(({ name }) => name);
      const near = nearest(additionalProperty, names);
      return `${additionalProperty} is no field of ${of}. ${near ? `Is it ${near}?` : `There are ${names.join(", ")}.`}`;
    }
    case "type":
      return `${path} has to be ${(params as { type: string }).type === "array" ? "a list" : "text"}, such as ${example}.`;
    case "pattern":
      return `${path} does not look like one: it has to match ${(params as { pattern: string }).pattern}, such as ${example}.`;
    case "maxItems":
      return `${path} has too many: ${(params as { limit: number }).limit} at most.`;
    case "uniqueItems":
      return `${path} has one of them twice.`;
    default:
      return `${path} ${message}.`;
  }
}

/** Holds an update against the description. */
export function mistakesOfUpdate(body: object): string[] {
  const { properties = {} } = schemaOf("PrivateLinkConnectionUpdate");
  return Object.entries(body).flatMap(([name, value]) => {
    const field = properties[name] && resolve(properties[name]);
    return field?.type === "string" && typeof value === "string" && value !== "" ? [] : [`${name} has to be text.`];
  });
}

export function exampleText(example: unknown): string {
  return Array.isArray(example) ? `[${example.join(", ")}]` : String(example);
}

/** The word that is meant, if one is near enough. */
function nearest(word: string, words: readonly string[]): string | undefined {
  const [best] = words
    .map((each) => ({ each, distance: distance(word.toLowerCase(), each.toLowerCase()) }))
    .toSorted((one, other) => one.distance - other.distance);
  const isNear =
    best &&
    (best.distance <= Math.max(1, Math.floor(best.each.length / 3)) || lettersOf(best.each) === lettersOf(word));
  return isNear ? best.each : undefined;
}

/** The same whatever their order: two letters that have changed places are one slip. */
function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}
