import { expect, test } from "vitest";
import { rejection } from "../transport/service.js";
import { list, startTokenService } from "./token-service.js";

/** A client whose middleware leads each request elsewhere. */
function connectBy(url: string, options = {}) {
  const service = startTokenService();
  const atlas = service.connect(options);
  atlas.raw.use({ onRequest: ({ request }) => new Request(url, request) });
  return { atlas, service };
}

test.each(["https://elsewhere.example/x", "http://atlas.example/x", "https://atlas.example:444/x"])(
  "credentials do not go to %s",
  async (url) => {
    const { atlas, service } = connectBy(url);
    const error = await rejection(list(atlas));
    const message = `These credentials are for https://atlas.example and are not sent to ${new URL(url).origin}.`;
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", message });
    expect(service.seen.token.length + service.seen.api.length).toBe(0);
  },
);

test.each([
  ["https://atlas.example/x", {}],
  ["https://atlas.example/beside", { baseUrl: "https://atlas.example/base" }],
])("credentials go to %s of their own origin", async (url, options) => {
  const { atlas, service } = connectBy(url, options);
  await list(atlas);
  expect(service.seen.api.map(({ path }) => path)).toEqual([new URL(url).pathname]);
});
