import { aMoment, rejection } from "@atlas-streams/testing";
import { describe, expect, test } from "vitest";
import { connect } from "../clients.js";
import { call, getOne } from "../operations.js";
import { kind, startHostile } from "./service.js";

describe("one caller's abort", () => {
  test.each([
    ["who asked for the token", 0],
    ["who waits for it", 5],
  ])("by the one %s ends that call at once and fails nobody else's", async (_name, who) => {
    let answerToken = () => {};
    const server = await startHostile({
      token: ({ answer }) => {
        answerToken = () => answer(200, { access_token: "a-token" });
      },
    });
    const atlas = connect(kind, server);
    const abort = new AbortController();
    const reason = new Error("no longer wanted");
    const answers = Array.from({ length: 10 }, (_, index) =>
      call(atlas, getOne, index === who ? { signal: abort.signal } : {}),
    );
    while (server.tokenRequests.length === 0) await aMoment(1);
    abort.abort(reason);
    const aborted = answers[who] ?? Promise.resolve();
    expect(await rejection(aborted)).toBe(reason);
    answerToken();
    await Promise.all(answers.filter((answer) => answer !== aborted));
    expect(server.tokenRequests).toHaveLength(1);
    expect(server.calls).toHaveLength(9);
  });

  test("by the only one leaves the next call a token", async () => {
    const server = await startHostile();
    const atlas = connect(kind, server);
    expect(await rejection(call(atlas, getOne, { signal: AbortSignal.abort("at once") }))).toBe("at once");
    await call(atlas, getOne);
    expect(server.calls).toHaveLength(1);
  });
});
