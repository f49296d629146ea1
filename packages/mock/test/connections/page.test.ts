import { expect, test } from "vitest";
import { ask, listPath, mockFor, msk } from "../helpers.js";

const connections = Array.from({ length: 5 }, (_, index) => ({ _id: `${index}`.repeat(24), ...msk, state: "DONE" }));

test("A page has links to the pages around it", async () => {
  const mock = await mockFor({ auth: "any", connections });
  const link = (rel: string, page: number) => ({ rel, href: `${mock.url}${listPath}?pageNum=${page}&itemsPerPage=2` });
  const pages = await Promise.all(
    [1, 2, 3, 4].map((page) => ask(mock, "GET", `${listPath}?itemsPerPage=2&pageNum=${page}`)),
  );
  expect(pages.map(({ body }) => body.results.length)).toEqual([2, 2, 1, 0]);
  expect(pages.map(({ body }) => body.totalCount)).toEqual([5, 5, 5, 5]);
  expect(pages[0]?.body.links).toEqual([link("self", 1), link("next", 2)]);
  expect(pages[1]?.body.links).toEqual([link("self", 2), link("previous", 1), link("next", 3)]);
  expect(pages[2]?.body.links).toEqual([link("self", 3), link("previous", 2)]);
});

test("Without a wish a page is the first hundred", async () => {
  const many = Array.from({ length: 101 }, (_, index) => ({
    _id: index.toString(16).padStart(24, "0"),
    ...msk,
    state: "DONE",
  }));
  const mock = await mockFor({ auth: "any", connections: many });
  const { body } = await ask(mock, "GET", listPath);
  expect([body.results.length, body.totalCount]).toEqual([100, 101]);
});

test("Only the connections on the page are read", async () => {
  const living = connections.map((connection) => ({
    ...connection,
    life: [{ state: "IDLE", reads: 1 }, { state: "DONE" }],
  }));
  const mock = await mockFor({ auth: "any", connections: living });
  await ask(mock, "GET", `${listPath}?itemsPerPage=2`);
  const { body } = await ask(mock, "GET", listPath);
  expect(body.results.map(({ state }: { state: string }) => state)).toEqual(["DONE", "DONE", "IDLE", "IDLE", "IDLE"]);
});
