import { type OperationName, UnexpectedResponseError } from "../answer/errors.js";
import { writeJson } from "../answer/json.js";

/** One page of a list, as far as paging needs it. */
export interface Page<Item> {
  readonly results: readonly Item[];
  readonly totalCount?: number | undefined;
  readonly links?: readonly { readonly rel?: string }[] | undefined;
}

/** What is new on a page. */
export interface NewItems<Item> {
  readonly items: readonly Item[];
  readonly page: Page<Item>;
}

/** What tells one item from another: the first of these that the items have. */
interface Identified {
  readonly _id?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
}

/**
 * Walks through all pages, each fetched when the one before has been used up. It goes on while the
 * service says that there is more (a `next` link, or fewer items so far than `totalCount`; where it
 * says neither, while pages come full), and ends in any case with a page that brings nothing new.
 * What stands on two pages, because the list changed in between, is given once, if it has an `_id`, an `id` or a
 * `name` to tell it by. A list that goes on far
 * beyond its own `totalCount` is not believed: that is an `UnexpectedResponseError` of `operation`.
 */
export async function* walkPages<Item extends object>(
  operation: OperationName,
  itemsPerPage: number,
  fetchPage: (pageNum: number) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  for await (const { items } of readPages(operation, itemsPerPage, fetchPage)) yield* items;
}

/** Walks as `walkPages` does, and gives what is new on each page: for who reads all of them, a step a page costs less than one an item. */
export async function* readPages<Item extends object>(
  operation: OperationName,
  itemsPerPage: number,
  fetchPage: (pageNum: number) => Promise<Page<Item>>,
): AsyncGenerator<NewItems<Item>, void, undefined> {
  const seen = new Set<unknown>();
  let given = 0;
  let most: number | undefined;
  for (let pageNum = 1; ; pageNum++) {
    const page = await fetchPage(pageNum);
    const { results, totalCount, links } = page;
    const fresh = results.filter((item) => keyOf(item) === undefined || !seen.has(keyOf(item)));
    const before = seen.size;
    // Where nothing tells the items apart, the same page again still brings nothing new.
    for (const item of fresh) seen.add(keyOf(item) ?? writeJson(item) ?? item);
    given += fresh.length;
    yield { items: fresh, page };
    const isFull = results.length >= itemsPerPage;
    const isMore =
      (Array.isArray(links) && links.some((link) => link?.rel === "next")) ||
      (typeof totalCount === "number" ? given < totalCount : isFull);
    if (seen.size === before || !isMore) return;
    most ??= mostItems(totalCount, itemsPerPage);
    if (given > most) throw endless(operation, given, totalCount);
  }
}

/** Where the service says nothing of it, no project has so many. */
const mostUncounted = 1_000_000;
const tolerableFactor = 2;
const tolerablePages = 10;

/** How many items a walk is ready to take: more may come in while it is under way, or the count may be a little off. */
function mostItems(totalCount: unknown, itemsPerPage: number): number {
  if (typeof totalCount !== "number") return mostUncounted;
  return tolerableFactor * totalCount + tolerablePages * itemsPerPage;
}

function endless(operation: OperationName, given: number, totalCount: unknown): UnexpectedResponseError {
  const said = typeof totalCount === "number" ? `says that there are ${totalCount}` : "does not say how many there are";
  const message = `answered 200, but its list does not end: it ${said}, has given ${given}, and promises more.`;
  return new UnexpectedResponseError(operation, message, { status: 200 });
}

function keyOf({ _id, id, name }: Identified): unknown {
  return _id || id || name || undefined;
}
