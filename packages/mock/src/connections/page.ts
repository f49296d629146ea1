import { type Call, urlOf } from "../exchange.js";

/** A page of all, as the service gives it: with the pages around it as links. */
export function page<Item>(call: Call, all: readonly Item[], show: (item: Item) => unknown): object {
  const size = numberOf(call, "itemsPerPage", 100);
  const number = numberOf(call, "pageNum", 1);
  const { pathname } = urlOf(call.request);
  const link = (rel: string, pageNum: number) => ({
    rel,
    href: `${call.origin}${pathname}?pageNum=${pageNum}&itemsPerPage=${size}`,
  });
  return {
    links: [
      link("self", number),
      ...(number > 1 ? [link("previous", number - 1)] : []),
      ...(number * size < all.length ? [link("next", number + 1)] : []),
    ],
    results: all.slice((number - 1) * size, number * size).map(show),
    totalCount: all.length,
  };
}

/** A query parameter, or what the description says holds without it. */
function numberOf({ operation, query }: Call, name: string, standard: number): number {
  const parameter = operation.request?.query?.find((parameter) => parameter.name === name);
  const schema = parameter?.schema as { readonly default?: number } | undefined;
  return Number(query.get(name) ?? schema?.default ?? standard);
}
