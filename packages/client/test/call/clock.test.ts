import { startClock } from "@atlas-streams/testing";
import { expect, test } from "vitest";
import { createClient, serviceAccount } from "../../src/index.js";

const token = { access_token: "a-token-of-some-length", expires_in: 3600, token_type: "Bearer" };
const parameters = { groupId: "32b6e34b3d91647abb20e7b8", connectionId: "32b6e34b3d91647abb20e7b9" };
const hour = 3_600_000;

test.each([hour, -hour])(
  "a call that is repeated keeps its deadline, though the time of day is set by %i ms meanwhile",
  async (byMs) => {
    const clock = startClock();
    let calls = 0;
    const fetch = async (url: string) => {
      if (url.includes("/oauth/")) return Response.json(token);
      calls++;
      return calls === 1
        ? Response.json({ error: 503 }, { status: 503, headers: { "retry-after": "10" } })
        : Response.json({ _id: parameters.connectionId, provider: "AWS", state: "DONE" });
    };
    const auth = serviceAccount({ clientId: "mdb_sa_id_clock", clientSecret: "mdb_sa_sk_clock" });
    const { privateLinkConnections } = createClient({
      auth,
      clock,
      baseUrl: "http://127.0.0.1:1",
      fetch,
      retry: { baseDelayMs: 0 },
    });
    const call = privateLinkConnections.get(parameters);
    await clock.untilScheduled(10_000);
    clock.setTimeOfDay(byMs);
    clock.advance(10_000);
    expect(await call).toMatchObject({ state: "DONE" });
    expect(calls).toBe(2);
  },
);
