import { InvalidArgumentError, UnexpectedResponseError } from "@atlas-streams/client";
import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect, kinds } from "./clients.js";
import { type HostileServer, startHostileServer } from "./hostile-server.js";
import { call, create, getOne } from "./operations.js";

let server: HostileServer;

beforeAll(async () => {
  server = await startHostileServer();
});

beforeEach(() => server.behave({}));

afterAll(() => server.stop());

/** Ways to take a body away. */
const takings: [string, (message: Request | Response) => unknown][] = [
  ["reads", (message) => message.text()],
  ["locks", (message) => message.body?.getReader()],
  ["splits", (message) => message.body?.tee()],
];

describe.each(kinds)("with %s, a middleware that reads a body", (kind) => {
  test.each(takings)("of a request, and %s it, is told to clone it, and nothing is sent", async (_, take) => {
    const atlas = connect(kind, server);
    atlas.raw.use({ onRequest: async ({ request }) => void (await take(request)) });
    const error = await rejection(call(atlas, create));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect((error as Error).message).toContain("request.clone()");
    expect(server.calls).toEqual([]);
  });

  test.each([200, 400, 500].flatMap((status) => takings.map(([how, take]) => ({ status, how, take }))))(
    "of a $status, and $how it, is told to clone it",
    async ({ status, take }) => {
      server.behave({ api: ({ answer }) => answer(status, { _id: "32b6e34b3d91647abb20e7b8" }) });
      const atlas = connect(kind, server);
      atlas.raw.use({ onResponse: async ({ response }) => void (await take(response)) });
      const error = await rejection(call(atlas, getOne));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect((error as Error).message).toContain("response.clone()");
    },
  );

  test("by clone() changes nothing", async () => {
    const atlas = connect(kind, server);
    atlas.raw.use({
      onRequest: async ({ request }) => void (await request.clone().text()),
      onResponse: async ({ response }) => void (await response.clone().text()),
    });
    await call(atlas, getOne);
    await call(atlas, create);
  });
});
