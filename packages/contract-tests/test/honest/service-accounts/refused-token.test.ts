import { AuthenticationError } from "@atlas-streams/client";
import { rejection, startClock } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { tokenPath } from "../hostile-server.js";
import { call, create, getOne } from "../operations.js";
import { asked, calls, inParallel, kind, minutes, startHostile, startService } from "./service.js";

describe("a token that the service refuses", () => {
  test("is replaced once, and the call is sent once more: nobody notices", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    mock.state.forgetLogins();
    await call(atlas, getOne);
    expect(calls(mock).map(({ status }) => status)).toEqual([200, 401, 200]);
    expect(asked(mock, tokenPath)).toHaveLength(2);
  });

  test("is replaced once for all the 50 calls that met the refusal", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    await call(atlas, getOne);
    mock.state.forgetLogins();
    await inParallel(50, () => call(atlas, getOne));
    expect(asked(mock, tokenPath)).toHaveLength(2);
    expect(calls(mock)).toHaveLength(1 + 50 + 50);
  });

  test("is replaced for a write too, whose body is sent again whole", async () => {
    const server = await startHostile();
    const atlas = connect(kind, server);
    await call(atlas, getOne);
    server.behave({
      api: ({ headers, answer }) =>
        headers.authorization?.includes(".1.") ? answer(401) : answer(200, { _id: "1", provider: "AWS" }),
    });
    await call(atlas, create);
    expect(server.calls.map(({ body }) => JSON.parse(body))).toEqual(Array(2).fill(create.example.body));
  });

  test("for ever, as with a missing role, does not cost a token per call", async () => {
    const mock = await startService({ faults: [{ path: "/api/atlas/", fault: { kind: "answer", status: 401 } }] });
    const atlas = connect(kind, mock);
    for (let count = 0; count < 20; count++) {
      expect(await rejection(call(atlas, getOne))).toBeInstanceOf(AuthenticationError);
    }
    await inParallel(20, () => rejection(call(atlas, getOne)));
    expect(asked(mock, tokenPath)).toHaveLength(2);
  });

  test("for ever of one project does not keep another from a new token", async () => {
    const mock = await startService();
    const atlas = connect(kind, mock);
    const closed = "0".repeat(24);
    mock.setFaults([{ path: closed, fault: { kind: "answer", status: 401 } }]);
    for (let count = 0; count < 3; count++) {
      const list = atlas.privateLinkConnections.listPage({ groupId: closed });
      expect(await rejection(list)).toBeInstanceOf(AuthenticationError);
    }
    expect(asked(mock, tokenPath)).toHaveLength(2);
    mock.state.forgetLogins();
    await call(atlas, getOne);
    expect(asked(mock, tokenPath)).toHaveLength(3);
  });

  test("for ever of many projects costs eleven tokens at most, and no more before five minutes are over", async () => {
    const clock = startClock();
    const mock = await startService({
      clock,
      faults: [{ path: "/api/atlas/", fault: { kind: "answer", status: 401 } }],
    });
    const atlas = connect(kind, mock, { clock });
    const readAll = () =>
      inParallel(30, (index) =>
        rejection(atlas.privateLinkConnections.listPage({ groupId: index.toString().padStart(24, "0") })),
      );
    for (let round = 0; round < 12; round++) await readAll();
    expect(asked(mock, tokenPath).length).toBeLessThanOrEqual(11);
    const before = asked(mock, tokenPath).length;
    clock.advance(5 * minutes);
    await readAll();
    expect(asked(mock, tokenPath).length).toBeGreaterThan(before);
  });

  test("leaves the call with the service's own words where its replacement is refused as well", async () => {
    const body = { error: 401, errorCode: "NOT_IN_GROUP", detail: "The current user is not in the group." };
    const mock = await startService({
      faults: [{ path: "/api/atlas/", fault: { kind: "answer", status: 401, body } }],
    });
    const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
    const error = await rejection(connect(kind, mock).privateLinkConnections.get({ groupId, connectionId }));
    expect(error).toMatchObject({ status: 401, errorCode: "NOT_IN_GROUP", detail: body.detail });
    expect(calls(mock)).toHaveLength(2);
  });
});
