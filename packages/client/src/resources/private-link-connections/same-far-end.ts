import { type Comparison, comparedPrivateLinkConnectionFields as comparedFields } from "@atlas-streams/types";
import { writeJson } from "../../answer/json.js";

/**
 * A value of an identifying field, so that two spellings of the same far end are one text: Azure does not regard case
 * in its ids, and a region is written in several ways. The order in a list says nothing.
 */
export function spellingOf(kind: string, field: string, value: unknown): string {
  const comparison = comparedFields[kind]?.[field] ?? {};
  const values = Array.isArray(value) ? value.map((each) => plain(each, comparison)).sort() : plain(value, comparison);
  return writeJson(values) ?? "";
}

function plain(value: unknown, { ignoreCase, ignore }: Comparison): string {
  if (typeof value !== "string") return writeJson(value) ?? "";
  const whole = ignoreCase ? value.toLowerCase() : value;
  return ignore === undefined ? whole : whole.replace(new RegExp(ignore, "g"), "");
}
