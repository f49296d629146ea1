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
  /** Chance begins anew, from another seed. */
  setSeed(seed: number): void;
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
  const { states } = beginning;
  let { seed, scenario, faults: rules } = beginning;
  let random = randomFrom(seed);
  let lives = createLives(scenario, states);
  let faults = createFaults(rules, randomFrom(seed));

  function setScenario(told: Scenario): void {
    scenario = told;
    lives = createLives(scenario, states);
  }

  function setFaults(told: readonly FaultRule[]): void {
    rules = told;
    faults = createFaults(rules, randomFrom(seed));
  }

  function setSeed(told: number): void {
    seed = told;
    random = randomFrom(seed);
    setFaults(rules);
  }

  return {
    random: () => random(),
    lives: (...asked) => lives(...asked),
    faults: (...asked) => faults(...asked),
    setScenario,
    setFaults,
    setSeed,
    recount: () => setScenario(scenario),
    reset() {
      rules = beginning.faults;
      setSeed(beginning.seed);
      setScenario(beginning.scenario);
    },
  };
}
