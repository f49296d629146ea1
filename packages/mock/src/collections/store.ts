import { examplesOf } from "../operations.js";
import type { Collection } from "./collection.js";
import { type Fields, isFields } from "./schema.js";

/** One resource. */
export interface Item {
  fields: Fields;
  /** Where it is from: only what was made can be twice, and a stranger is in no list. */
  readonly origin: "example" | "stranger" | "made";
}

/** The values of a path's parameters. */
export type Values = Readonly<Record<string, string>>;

/** Everything that was made, and what the description's examples have. */
export interface Store {
  /** Everything in a collection. */
  all(collection: Collection, values: Values): Item[];
  /** One by its name. Where the description's examples are all there is, a name never heard of is one of them. */
  find(collection: Collection, values: Values, name: string): Item | undefined;
  /** Whether anything goes, because the description has no examples of what there is; what was removed is gone even then. */
  isOpenTo(collection: Collection, values: Values, name?: string): boolean;
  add(collection: Collection, values: Values, item: Item): Item;
  /** Takes one away, and all that was in it. */
  remove(collection: Collection, values: Values, name: string): void;
  /** Whether something that was made in a project names an id. */
  isNamed(groupId: string, id: string): boolean;
  /** As it began. */
  reset(): void;
}

/** An empty store; or, where it is open, one with the description's examples. */
export function createStore(isOpen: boolean): Store {
  /** By the path of a collection; nothing stands where one was removed. */
  const shelves = new Map<string, Map<string, Item | undefined>>();

  function shelf(collection: Collection, values: Values): Map<string, Item | undefined> {
    const key = `${fill(collection.path, values)}/`;
    const known = shelves.get(key);
    if (known) return known;
    const items = isOpen ? examples(collection) : [];
    const fresh = new Map<string, Item | undefined>(items.map((item) => [nameOf(item, collection), item]));
    shelves.set(key, fresh);
    return fresh;
  }

  function add(collection: Collection, values: Values, item: Item): Item {
    shelf(collection, values).set(nameOf(item, collection), item);
    return item;
  }

  return {
    add,
    all: (collection, values) =>
      [...shelf(collection, values).values()].flatMap((item) => (item && item.origin !== "stranger" ? [item] : [])),
    find(collection, values, name) {
      const items = shelf(collection, values);
      if (items.has(name) || !isOpen) return items.get(name);
      const [example] = examples(collection);
      const fields = { ...example?.fields, [collection.identity]: name };
      return example && add(collection, values, { fields, origin: "stranger" });
    },
    isOpenTo: (collection, values, name) =>
      isOpen && examples(collection).length === 0 && !(name !== undefined && shelf(collection, values).has(name)),
    remove(collection, values, name) {
      shelf(collection, values).set(name, undefined);
      const inside = fill(collection.itemPath, { ...values, [collection.parameter]: name });
      for (const key of shelves.keys()) if (key.startsWith(`${inside}/`)) shelves.delete(key);
    },
    isNamed: (groupId, id) =>
      [...shelves].some(
        ([key, items]) =>
          key.includes(`/${groupId}/`) &&
          [...items.values()].some(
            (item) => item?.origin === "made" && JSON.stringify(item.fields).includes(`"${id}"`),
          ),
      ),
    reset: () => shelves.clear(),
  };
}

/** A template with values in the places of its parameters. */
function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

function nameOf({ fields }: Item, { identity }: Collection): string {
  return String(fields[identity]);
}

function examples({ get }: Collection): Item[] {
  const values = [...examplesOf(get, (code) => code.startsWith("2")).values()];
  return values.filter(isFields).map((fields) => ({ fields, origin: "example" }));
}
