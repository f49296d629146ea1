import { describe, expect, test } from "vitest";
import { connect, connection, connectionId, groupId, startService } from "../transport/service.js";

const one = { groupId, connectionId };

/** As tracing tools do it: whatever comes out of a client is behind a Proxy, too. */
function traced<Value extends object>(value: Value): Value {
  return new Proxy(value, {
    get(target, name, receiver) {
      const found: unknown = Reflect.get(target, name, receiver);
      return typeof found === "object" && found !== null ? traced(found) : found;
    },
  });
}

describe("a method", () => {
  test("that is taken off its resource works as on it", async () => {
    const service = await startService();
    const { get } = connect(service.url).privateLinkConnections;
    expect(await get(one)).toEqual(connection);
  });

  test("of every resource can be taken off it", () => {
    const atlas = connect("http://127.0.0.1:9");
    for (const resource of [
      atlas.privateLinkConnections,
      atlas.streamWorkspaces,
      atlas.streamConnections,
      atlas.streams,
    ])
      for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(resource)))
        if (name !== "constructor") expect(Object.hasOwn(resource, name), name).toBe(true);
  });

  test("says which id is missing where JavaScript leaves out all of them, and takes null for no options", async () => {
    const service = await startService();
    const { get, waitUntilDone } = connect(service.url).privateLinkConnections;
    for (const method of [get, waitUntilDone] as ((...nothing: unknown[]) => Promise<unknown>)[]) {
      for (const nothing of [undefined, null])
        await expect(method(nothing)).rejects.toMatchObject({
          code: "INVALID_ARGUMENT",
          message: expect.stringContaining("groupId is missing"),
        });
      expect(await method(one, null)).toEqual(connection);
    }
  });

  test("works through a Proxy of the client, and so do raw and close", async () => {
    const service = await startService();
    const atlas = traced(connect(service.url));
    expect(await atlas.privateLinkConnections.get(one)).toEqual(connection);
    const path = "/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections/{connectionId}";
    const { data } = await atlas.raw.GET(path, { params: { path: one } });
    expect(data).toEqual(connection);
    await atlas.close();
    expect(atlas.id).toMatch(/^[0-9a-f-]{36}$/);
  });
});
