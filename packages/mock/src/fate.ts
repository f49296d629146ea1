import { createLives, type Lives, type Scenario, type States } from "./connections/scenario.js";
import type { FaultRule } from "./faults/fault.js";
import { createFaults, type Faults } from "./faults/faults.js";
import { randomFrom } from "./random.js";

/** What befalls requests and connections: chance, scenario and faults, each of which counts. */
export interface Fate {
  readonly random: () => number;
  readonly lives: Lives;
  readonly faults: Faults;
  setScenario(scenario: Scenario): void;
  setFaults(rules: readonly FaultRule[]): void;
  /** The scenario stays, and counts from one again. */
  recount(): void;
  /** As it began. */
  reset(): void;
}

export interface Beginning {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly faults: readonly FaultRule[];
  readonly states: States;
}

export function createFate(beginning: Beginning): Fate {
  const { seed, states } = beginning;
  let { scenario } = beginning;
  let random = randomFrom(seed);
  let lives = createLives(scenario, states);
  let faults = createFaults(beginning.faults, randomFrom(seed));

  function setScenario(told: Scenario): void {
    scenario = told;
    lives = createLives(scenario, states);
  }

  function setFaults(rules: readonly FaultRule[]): void {
    faults = createFaults(rules, randomFrom(seed));
  }

  return {
    random: () => random(),
    lives: (...asked) => lives(...asked),
    faults: (...asked) => faults(...asked),
    setScenario,
    setFaults,
    recount: () => setScenario(scenario),
    reset() {
      random = randomFrom(seed);
      setScenario(beginning.scenario);
      setFaults(beginning.faults);
    },
  };
}
