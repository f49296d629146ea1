import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClient, digest, type PrivateLinkConnection, RateLimitError, ServerError } from "../../src/index.js";
import { walkPages } from "../../src/resources/paging.js";

const groupId = "32b6e34b3d91647abb20e7b8";

interface Request {
  readonly pageNum: number;
  readonly itemsPerPage: number;
}

/** A page as the service gives it; `items` are the numbers that the connections have. */
interface Answer {
  readonly items?: readonly number[];
  readonly totalCount?: number;
  /** Whether a `next` link stands beside it. */
  readonly next?: boolean;
  readonly status?: number;
  /** What stands in the body instead. */
  readonly odd?: object;
}

const idOf = (number: number) => number.toString(16).padStart(24, "0");
const numberOf = ({ _id }: PrivateLinkConnection) => Number.parseInt(_id, 16);
const range = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

/** A real server whose pages the test writes, and a real client of it. */
async function startList(answer: (request: Request) => Answer | "hold") {
  const requests: Request[] = [];
  const server = createServer((incoming, response) => {
    if (!incoming.headers.authorization) {
      response.writeHead(401, { "www-authenticate": 'Digest realm="MMS Public API", nonce="n", qop="auth"' }).end();
      return;
    }
    const { searchParams } = new URL(incoming.url ?? "", "http://127.0.0.1");
    const asked = {
      pageNum: Number(searchParams.get("pageNum")),
      itemsPerPage: Number(searchParams.get("itemsPerPage")),
    };
    requests.push(asked);
    const answered = answer(asked);
    if (answered === "hold") return;
    const { items = [], totalCount, next, odd, status = 200 } = answered;
    const results = items.map((number) => ({ _id: idOf(number), provider: "AWS" }));
    const links = next ? [{ rel: "next", href: "https://example.com/?pageNum=7" }] : undefined;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? { results, totalCount, links, ...odd } : { error: status }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const auth = digest({ publicKey: "abcdefgh", privateKey: "c1c1e0a0" });
  const { privateLinkConnections } = createClient({ baseUrl: `http://127.0.0.1:${port}`, auth, retry: false });
  const list = (itemsPerPage?: number, signal?: AbortSignal) =>
    privateLinkConnections.list({ groupId, ...(itemsPerPage && { itemsPerPage }) }, { signal });
  return {
    requests,
    pages: () => requests.map(({ pageNum }) => pageNum),
    list,
    /** Walks to the end. */
    async all(itemsPerPage?: number): Promise<number[]> {
      const numbers: number[] = [];
      for await (const connection of list(itemsPerPage)) numbers.push(numberOf(connection));
      return numbers;
    },
  };
}

/** Pages of so many connections, cut as they are asked for. */
function pagesOf(count: number, said: (isLast: boolean) => Partial<Answer> = () => ({ totalCount: count })) {
  return ({ pageNum, itemsPerPage }: Request) => ({
    items: range(count).slice((pageNum - 1) * itemsPerPage, pageNum * itemsPerPage),
    ...said(pageNum * itemsPerPage >= count),
  });
}

const ways: Readonly<Record<string, (isLast: boolean) => Partial<Answer>>> = {
  "by totalCount and next links": (isLast) => ({ totalCount: 25, next: !isLast }),
  "by totalCount alone": () => ({ totalCount: 25 }),
  "by next links alone": (isLast) => ({ next: !isLast }),
  "by neither, until a page is short": () => ({}),
};

test.each(Object.keys(ways))("gives the connections of all pages, %s", async (way) => {
  const { all, pages } = await startList(pagesOf(25, ways[way]));
  expect(await all(10)).toEqual(range(25));
  expect(pages()).toEqual([1, 2, 3]);
});

test.each([1, 5, 500])("asks for %i connections a page where that is wanted", async (itemsPerPage) => {
  const { all, requests } = await startList(pagesOf(10));
  expect(await all(itemsPerPage)).toEqual(range(10));
  expect(requests).toEqual(range(Math.ceil(10 / itemsPerPage)).map((pageNum) => ({ pageNum, itemsPerPage })));
});

test("asks for 100 a page otherwise, and for no page beyond the last", async () => {
  const { all, requests } = await startList(pagesOf(200));
  expect(await all()).toEqual(range(200));
  expect(requests).toEqual([1, 2].map((pageNum) => ({ pageNum, itemsPerPage: 100 })));
});

test("gives nothing for an empty list, after one request", async () => {
  const { all, pages } = await startList(() => ({ totalCount: 0 }));
  expect(await all()).toEqual([]);
  expect(pages()).toEqual([1]);
});

test("stops at an empty page, whatever else the service says", async () => {
  const { all, pages } = await startList(({ pageNum }) =>
    pageNum === 1 ? { items: range(10), totalCount: 1_000_000, next: true } : { totalCount: 1_000_000, next: true },
  );
  expect(await all(10)).toEqual(range(10));
  expect(pages()).toEqual([1, 2]);
});

test("stops at a page that repeats the one before, however endless the next links are", async () => {
  const { all, pages } = await startList(() => ({ items: range(10), next: true }));
  expect(await all(10)).toEqual(range(10));
  expect(pages()).toEqual([1, 2]);
});

test("stops at a page that repeats an earlier one", async () => {
  const { all, pages } = await startList(({ pageNum }) => ({ items: range(10, pageNum % 2 ? 1 : 11), next: true }));
  expect(await all(10)).toEqual(range(20));
  expect(pages()).toEqual([1, 2, 3]);
});

test("does not stop at a short page where the service says that there is more", async () => {
  const { all, pages } = await startList(({ pageNum }) => ({ items: [pageNum], totalCount: 3 }));
  expect(await all(10)).toEqual([1, 2, 3]);
  expect(pages()).toEqual([1, 2, 3]);
});

test("believes a totalCount that is too high for one page more", async () => {
  const { all, pages } = await startList(pagesOf(25, () => ({ totalCount: 99 })));
  expect(await all(10)).toEqual(range(25));
  expect(pages()).toEqual([1, 2, 3, 4]);
});

test.each([
  { totalCount: 30, next: true },
  { totalCount: 0, next: true },
  { growing: true, next: true },
])("does not follow a list that never ends beyond what it says is there: %j", async ({ growing, ...said }) => {
  const { all, pages } = await startList(({ pageNum }) => ({
    items: range(10, (pageNum - 1) * 10 + 1),
    ...said,
    ...(growing && { totalCount: pageNum * 10 + 10 }),
  }));
  await expect(all(10)).rejects.toMatchObject({
    code: "UNEXPECTED_RESPONSE",
    status: 200,
    message: expect.stringContaining("does not end"),
  });
  expect(pages().length).toBeLessThanOrEqual(20);
});

test("loses nothing to a totalCount that is too low where there are next links", async () => {
  const { all } = await startList(pagesOf(25, (isLast) => ({ totalCount: 1, next: !isLast })));
  expect(await all(10)).toEqual(range(25));
});

test.each([
  { links: null, totalCount: null },
  { links: false, totalCount: "many" },
  { links: {}, totalCount: {} },
  { links: [null, "next", { rel: 1 }], totalCount: [] },
])("loses nothing to what is no link and no number: %j", async (odd) => {
  const { all } = await startList(pagesOf(25, () => ({ odd })));
  expect(await all(10)).toEqual(range(25));
});

test("follows the numbers of the pages, not the addresses of the links", async () => {
  const { all, pages } = await startList(pagesOf(15, (isLast) => ({ next: !isLast })));
  await all(10); // the links of this server lead to another host and to page 7
  expect(pages()).toEqual([1, 2]);
});

test("gives a connection once that moves to the next page while the list is read", async () => {
  // A new one comes in at the front when the first page has been read.
  const { all } = await startList(({ pageNum }) =>
    pageNum === 1 ? { items: range(10), totalCount: 15 } : { items: range(6, 10), totalCount: 16 },
  );
  expect(await all(10)).toEqual(range(15));
});

test("sends nothing before the first connection is asked for", async () => {
  const { list, pages } = await startList(pagesOf(10));
  const walk = list();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pages()).toEqual([]);
  expect(numberOf((await walk.next()).value as PrivateLinkConnection)).toBe(1);
});

test("fetches no page that nobody asks for", async () => {
  const { list, pages } = await startList(pagesOf(30));
  for await (const connection of list(10)) {
    expect(pages()).toEqual(numberOf(connection) <= 10 ? [1] : [1, 2]);
    if (numberOf(connection) === 15) break;
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pages()).toEqual([1, 2]);
});

test("fails where a page fails, after the connections of those before it", async () => {
  const { list, pages } = await startList((request) =>
    request.pageNum === 2 ? { status: 503 } : pagesOf(30)(request),
  );
  const seen: number[] = [];
  const walk = async () => {
    for await (const connection of list(10)) seen.push(numberOf(connection));
  };
  await expect(walk()).rejects.toBeInstanceOf(ServerError);
  expect(seen).toEqual(range(10));
  expect(pages()).toEqual([1, 2]);
});

test("can be begun anew where it failed", async () => {
  let isLimited = true;
  const { all } = await startList((request) => (isLimited ? { status: 429 } : pagesOf(15)(request)));
  await expect(all(10)).rejects.toBeInstanceOf(RateLimitError);
  isLimited = false;
  expect(await all(10)).toEqual(range(15));
});

test("ends at once when it is aborted while a page is on its way", async () => {
  const { list, pages } = await startList((request) => (request.pageNum === 2 ? "hold" : pagesOf(30)(request)));
  const abort = new AbortController();
  const reason = new Error("The caller has seen enough.");
  const seen: number[] = [];
  const walk = (async () => {
    for await (const connection of list(10, abort.signal)) seen.push(numberOf(connection));
  })();
  while (pages().length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  abort.abort(reason);
  await expect(walk).rejects.toBe(reason);
  expect(seen).toEqual(range(10));
});

test("sends no further page when it is aborted between two", async () => {
  const { list, pages } = await startList(pagesOf(30));
  const abort = new AbortController();
  const reason = new Error("The caller has seen enough.");
  const walk = async () => {
    for await (const connection of list(10, abort.signal)) if (numberOf(connection) === 10) abort.abort(reason);
  };
  await expect(walk()).rejects.toBe(reason);
  expect(pages()).toEqual([1]);
});

describe("items are told apart by what they have", () => {
  /** Walks through pages, each of which is answered with the next of these. */
  async function walk(pages: readonly (readonly object[])[], totalCount?: number) {
    const given: object[] = [];
    const fetchPage = async (pageNum: number) => ({ results: pages[pageNum - 1] ?? [], totalCount });
    for await (const item of walkPages({ method: "GET", path: "/things" }, 2, fetchPage)) given.push(item);
    return given;
  }

  test.each([["_id"], ["id"], ["name"]])("by %s: what stands on two pages is given once", async (key) => {
    const [a, b, c] = [{ [key]: "a" }, { [key]: "b" }, { [key]: "c" }];
    expect(await walk([[a, b], [b, c], []])).toEqual([a, b, c]);
  });

  test("by the first of them: two of one name have different ids", async () => {
    const items = [
      { id: "1", name: "same" },
      { id: "2", name: "same" },
    ];
    expect(await walk([items])).toEqual(items);
  });

  test("or not at all: then all are given, equal ones too, and the same page again ends it", async () => {
    const [a, b] = [{ at: 1 }, { at: 2 }];
    expect(await walk([[a, a], [a, b], [b]])).toEqual([a, a, a, b, b]);
    const endless = Array(100).fill([a, b]);
    expect(await walk(endless)).toEqual([a, b, a, b]);
    expect(
      await walk(
        [
          [a, a],
          [a, b],
        ],
        4,
      ),
    ).toEqual([a, a, a, b]);
  });
});
