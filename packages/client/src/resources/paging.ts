/** One page of a list, as far as paging needs it. */
export interface Page<Item> {
  readonly results: readonly Item[];
  readonly totalCount?: number | undefined;
  readonly links?: readonly { readonly rel?: string }[] | undefined;
}

/**
 * Walks through all pages, each fetched when the one before has been used up. It goes on while the
 * service says that there is more (a `next` link, or fewer items so far than `totalCount`; where it
 * says neither, while pages come full), and ends in any case with a page that brings nothing new.
 * What stands on two pages, because the list changed in between, is given once.
 */
export async function* walkPages<Item extends { readonly _id: string }>(
  itemsPerPage: number,
  fetchPage: (pageNum: number) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  for await (const items of readPages(itemsPerPage, fetchPage)) yield* items;
}

/** Walks as `walkPages` does, and gives what is new on each page: for who reads all of them, a step a page costs less than one an item. */
export async function* readPages<Item extends { readonly _id: string }>(
  itemsPerPage: number,
  fetchPage: (pageNum: number) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const seen = new Set<string>();
  for (let pageNum = 1; ; pageNum++) {
    const { results, totalCount, links } = await fetchPage(pageNum);
    const fresh = results.filter(({ _id }) => !_id || !seen.has(_id));
    const before = seen.size;
    for (const item of fresh) seen.add(item._id);
    yield fresh;
    const isFull = results.length >= itemsPerPage;
    const isMore =
      (Array.isArray(links) && links.some((link) => link?.rel === "next")) ||
      (typeof totalCount === "number" ? seen.size < totalCount : isFull);
    if (seen.size === before || !isMore) return;
  }
}
