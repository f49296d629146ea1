import { DefaultReporter } from "vitest/node";

/**
 * For a log in which somebody looks for what failed: that is told at the end, in full, and what passes is not named. What
 * tests print stands there as they print it.
 */
export default class LogReporter extends DefaultReporter {
  /** @override @param {import("vitest/node").Vitest} vitest */
  onInit(vitest) {
    this.ctx = vitest; // and nothing is printed yet
  }

  /** @override */
  printTestModule() {}

  /** @override @param {import("vitest").UserConsoleLog} log */
  onUserConsoleLog({ type, content }) {
    process[type].write(content);
  }

  /** @override */
  reportTestSummary() {
    const tests = this.ctx.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
    const count = (/** @type {string} */ state) => tests.filter((test) => test.result().state === state).length;
    const sums = ["failed", "passed", "skipped"].filter(count).map((state) => `${count(state)} ${state}`);
    this.log(`${sums.join(", ")} in ${Math.round(performance.now() / 1000)} s`);
  }
}
