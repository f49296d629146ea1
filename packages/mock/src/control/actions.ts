import type { Checks } from "../check/checks.js";
import type { MockConnection } from "../connections/connections.js";
import type { Scenario } from "../connections/scenario.js";
import type { FaultRule } from "../faults/fault.js";
import type { Mock } from "../start-mock.js";
import type { Actions } from "./control.js";
import type { MovableClock } from "./movable-clock.js";

export interface ActionsParts {
  readonly mock: Pick<Mock, "requests" | "reset" | "setFaults" | "setScenario" | "state">;
  readonly checks: Checks;
  readonly clock: MovableClock;
  readonly setSeed: (seed: number) => void;
  readonly clearRequests: () => void;
}

/** What a test in another process can do: as much as one in this. */
export function controlActions({ mock, checks, clock, setSeed, clearRequests }: ActionsParts): Record<string, Actions> {
  const time = () => ({ now: clock.now() });
  return {
    reset: { POST: () => mock.reset() },
    state: {
      GET: () => mock.state.save(),
      PUT: (connections) => mock.state.load(connections as readonly MockConnection[]),
    },
    scenario: { PUT: (scenario) => mock.setScenario(scenario as Scenario) },
    faults: { PUT: (rules) => mock.setFaults(rules as readonly FaultRule[]) },
    seed: {
      PUT(seed) {
        checks.seed(seed);
        setSeed(seed as number);
      },
    },
    clock: {
      GET: time,
      POST(step) {
        checks.clockStep(step);
        clock.advance((step as { readonly advanceMs: number }).advanceMs);
        return time();
      },
    },
    requests: { GET: () => mock.requests, DELETE: clearRequests },
    logins: { DELETE: () => mock.state.forgetLogins() },
  };
}
