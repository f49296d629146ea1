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

describe.each(kinds)("with %s, a middleware that reads a body", (kind) => {
  test("of a request without clone() is told to clone it, and nothing is sent", async () => {
    const atlas = connect(kind, server);
    atlas.raw.use({ onRequest: async ({ request }) => void (await request.text()) });
    const error = await rejection(call(atlas, create));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect((error as Error).message).toContain("request.clone()");
    expect(server.calls).toEqual([]);
  });

  test.each([200, 400, 500])("of a %i without clone() is told to clone it", async (status) => {
    server.behave({ api: ({ answer }) => answer(status, { _id: "32b6e34b3d91647abb20e7b8" }) });
    const atlas = connect(kind, server);
    atlas.raw.use({ onResponse: async ({ response }) => void (await response.text()) });
    const error = await rejection(call(atlas, getOne));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect((error as Error).message).toContain("response.clone()");
  });

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
