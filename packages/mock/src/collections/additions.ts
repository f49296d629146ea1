import type { Call } from "../exchange.js";
import { examplesOf, requestExamplesOf, successTypes } from "../operations.js";
import type { Prism } from "../prism.js";
import { makeId } from "../random.js";
import { kindOf, requestKinds } from "../request-kinds.js";
import type { Collection } from "./collection.js";
import { type Fields, isFields } from "./schema.js";

/**
 * What the service adds to a request by itself: what `created-NAME` has beyond `create-NAME`, of the examples of the
 * same kind. Where there is no such pair, what is read-only in the answer that Prism makes up.
 */
export async function additionsTo(
  request: Fields,
  call: Call,
  collection: Collection,
  prism: Prism,
  random: () => number,
): Promise<Fields> {
  const { identity, schema } = collection;
  const { given, made } = pairFor(request, collection) ?? { given: {}, made: await madeUp(call, collection, prism) };
  const added = Object.entries(made).filter(([name]) => !(name in given) && !(name in request) && name !== "links");
  const ids = ["_id", "id"].filter((name) => name in (schema.properties ?? {}));
  return {
    ...renamed(Object.fromEntries(added), String(made[identity]), request[identity]),
    ...Object.fromEntries(ids.map((name) => [name, makeId(random)])),
    ...Object.fromEntries(Object.entries(call.parameters).filter(([name]) => name in (schema.properties ?? {}))),
  };
}

/** A request and its answer, of the kind that is asked for; one whose request has nothing beyond ours, if there is one. */
function pairFor(request: Fields, { create }: Collection): { given: Fields; made: Fields } | undefined {
  const kinds = requestKinds(create);
  const answers = examplesOf(create, (code) => code.startsWith("2"));
  const pairs = Array.from(requestExamplesOf(create), ([name, given]) => ({
    given,
    made: answers.get(name.replace(/^create-/, "created-")),
  })).filter(
    (pair): pair is { given: Fields; made: Fields } =>
      isFields(pair.given) && isFields(pair.made) && kindOf(pair.given, kinds) === kindOf(request, kinds),
  );
  return pairs.find(({ given }) => Object.keys(given).every((name) => name in request)) ?? pairs[0];
}

async function madeUp(call: Call, { create, schema }: Collection, prism: Prism): Promise<Fields> {
  const { body } = await prism.answer(call, {}, successTypes(create)[0]);
  const isOurs = ([name]: [string, unknown]) => schema.properties?.[name]?.readOnly || schema.required?.includes(name);
  return isFields(body) ? Object.fromEntries(Object.entries(body).filter(isOurs)) : {};
}

/** The example's own name gives way to that of the new one, inside texts too. */
function renamed(fields: Fields, old: string, name: unknown): Fields {
  if (typeof name !== "string" || old === "" || old === "undefined") return fields;
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  return JSON.parse(JSON.stringify(fields).replaceAll(quoted(old), () => quoted(name))) as Fields;
}
