import { BaseSequencer } from "vitest/node";

const isLast = ({ moduleId }) => moduleId.endsWith("/every-flag.test.ts");

/** What looks at all the others comes last. */
export class EveryFlagLast extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    return [...sorted.filter((file) => !isLast(file)), ...sorted.filter(isLast)];
  }
}
