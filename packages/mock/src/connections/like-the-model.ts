import { createHash } from "node:crypto";
import type { Fields } from "./connections.js";

/**
 * What an example of a connection that is ready shows, made that of another connection: with its id and region, with the
 * name of its cluster, and with numbers of its own where the example has long ones. The accounts stay: they are shared.
 */
export function likeTheModel(model: Fields, id: string, request: Fields): Fields {
  const names = new Map([
    [`${model._id}`, id],
    [`${model.region}`, regionOf(request) ?? `${model.region}`],
    ...clusterNames(model, request),
  ]);
  const rename = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => rename(each, `${field}${index}`));
    if (typeof value !== "string") return value;
    const numbered = value.replace(/\b[0-9a-f]{16,}\b/g, (old) => (names.has(old) ? old : numberLike(old, id, field)));
    return [...names].reduce((text, [old, its]) => text.replaceAll(old, its), numbered);
  };
  return Object.fromEntries(Object.entries(model).map(([field, value]) => [field, rename(value, field)]));
}

/** The service reads the region of MSK from the ARN. */
function regionOf({ region, arn }: Fields): string | undefined {
  if (typeof region === "string") return region;
  return typeof arn === "string" ? arn.split(":")[3] : undefined;
}

/** Clusters of the same name are told apart by what else is in their ARN: the service's own host names do so too. */
function clusterNames(model: Fields, { arn }: Fields): [string, string][] {
  const old = nameIn(model.arn);
  if (old === undefined || typeof arn !== "string") return [];
  const name = (nameIn(arn) ?? "cluster").toLowerCase().replace(/[^a-z0-9-]/g, "-");
  return [[old, `${name}.${digest(arn).slice(0, 6)}`]];
}

function nameIn(arn: unknown): string | undefined {
  return typeof arn === "string" ? /:cluster\/([^/]+)/.exec(arn)?.[1] : undefined;
}

/** As many digits, of the same kind. */
function numberLike(old: string, id: string, field: string): string {
  const digits = digest(`${id} ${field}`).slice(0, old.length);
  return /^\d+$/.test(old) ? digits.replace(/[a-f]/g, (letter) => String(letter.charCodeAt(0) % 10)) : digits;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
