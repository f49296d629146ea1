import type { IHttpOperation } from "@stoplight/types";
import { page } from "../connections/page.js";
import type { Errors } from "../errors.js";
import type { Call, Choice } from "../exchange.js";
import { examplesOf } from "../operations.js";
import type { Prism } from "../prism.js";
import { kindOf, requestKinds } from "../request-kinds.js";
import type { Behaviours } from "../service.js";
import { additionsTo } from "./additions.js";
import type { Collection } from "./collection.js";
import { exists, missing } from "./problems.js";
import { bodySchema, type Fields, isFields, requestSchema, type Schema, withoutSecrets } from "./schema.js";
import type { Item, Store } from "./store.js";

export interface CollectionOperationsParts {
  readonly collections: readonly Collection[];
  readonly store: Store;
  readonly prism: Prism;
  readonly errors: Errors;
  readonly random: () => number;
}

/** What the operations on collections do: what is made is kept, so that it can be read, listed, changed and removed. */
export function collectionOperations({ collections, ...parts }: CollectionOperationsParts): Behaviours {
  return Object.assign({}, ...collections.map((collection) => behavioursOf(collection, outerOf(collection), parts)));

  function outerOf({ path }: Collection): Collection | undefined {
    return collections.find(
      ({ itemPath }) => path.startsWith(`${itemPath}/`) && !path.slice(itemPath.length + 1).includes("{"),
    );
  }
}

function behavioursOf(
  collection: Collection,
  outer: Collection | undefined,
  { store, prism, errors, random }: Omit<CollectionOperationsParts, "collections">,
): Behaviours {
  const { identity, parameter, create, get, list, remove, updates } = collection;

  /** Does something in a collection, if what that is in is there. */
  const within = (work: (call: Call) => Choice | undefined | Promise<Choice>) => (call: Call) => {
    const name = outer && (call.parameters[outer.parameter] ?? "");
    const isThere =
      !outer || store.find(outer, call.parameters, name ?? "") || store.isOpenTo(outer, call.parameters, name ?? "");
    return isThere ? work(call) : missing(outer, call.parameters, errors);
  };

  const onItem = (work: (call: Call, item: Item, name: string) => Choice) =>
    within((call) => {
      const name = call.parameters[parameter] ?? "";
      const item = store.find(collection, call.parameters, name);
      if (item) return work(call, item, name);
      return store.isOpenTo(collection, call.parameters, name) ? {} : missing(collection, call.parameters, errors);
    });

  async function make(call: Call): Promise<Choice> {
    const { parameters, request } = call;
    const given = storable(request.body, create);
    const name = given[identity];
    const rival =
      name !== undefined && store.all(collection, parameters).find(({ fields }) => fields[identity] === name);
    if (rival && rival.origin === "made")
      return exists(collection, { ...parameters, [parameter]: String(name) }, errors);
    const fields = { ...(await additionsTo(given, call, collection, prism, random)), ...given };
    return { body: view(store.add(collection, parameters, { fields, origin: "made" }), create) };
  }

  const shown = (body: Fields): Choice => ({ body });
  return {
    [create.iid ?? ""]: within(make),
    [get.iid ?? ""]: onItem((_, item) => shown(view(item, get))),
    ...(list && { [list.iid ?? ""]: within((call) => listed(call, collection, store)) }),
    ...(remove && {
      [remove.iid ?? ""]: onItem((call, _, name) => {
        store.remove(collection, call.parameters, name);
        return {};
      }),
    }),
    ...Object.fromEntries(
      updates.map((operation) => [
        operation.iid ?? "",
        onItem((call, item) => {
          const changes = { ...storable(call.request.body, operation), [identity]: item.fields[identity] };
          item.fields = merged(item.fields, changes, requestSchema(operation));
          return shown(view(item, operation));
        }),
      ]),
    ),
  };
}

/** What of a request is kept. */
function storable(body: unknown, operation: IHttpOperation): Fields {
  const kind = kindOf(body, requestKinds(operation));
  const kept = withoutSecrets(body, (kind?.schema as Schema | undefined) ?? requestSchema(operation));
  return isFields(kept) ? kept : {};
}

/** A change on top of what is there: each field in the place where it is shown. */
function merged(fields: Fields, changes: Fields, schema: Schema | undefined): Fields {
  const whole: Record<string, unknown> = { ...fields };
  for (const [name, value] of Object.entries(changes)) {
    const [at = name, inner] = schema?.properties?.[name]?.["x-shown-as"] ?? [];
    whole[at] = inner === undefined ? value : { ...(whole[at] as Fields | undefined), [inner]: value };
  }
  return whole;
}

/** One as an operation shows it: what the service fills in, and no example of the operation has, stays away. */
function view({ fields }: Item, operation: IHttpOperation): Fields {
  const { properties = {}, required = [] } = bodySchema(operation) ?? {};
  const examples = [...examplesOf(operation, (code) => code.startsWith("2")).values()];
  const isShown = (name: string) =>
    !properties[name]?.readOnly ||
    required.includes(name) ||
    examples.length === 0 ||
    examples.some((example) => isFields(example) && name in example);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isShown(name)));
}

function listed(call: Call, collection: Collection, store: Store): Choice | undefined {
  const items = store.all(collection, call.parameters);
  if (items.length === 0 && store.isOpenTo(collection, call.parameters)) return undefined;
  const show = (item: Item) => view(item, collection.get);
  const schema = bodySchema(call.operation);
  if (schema?.type === "array") return { body: items.map(show) };
  return schema?.properties?.results ? { body: page(call, items, show) } : undefined;
}
