// Mutation tests, room by room: how many changes of the source do its tests notice? It prints each that they do not.
// It takes long, so it is no part of `test`; move no file of the package meanwhile, since the report reads them all.
//   pnpm --filter @atlas-streams/client mutate [auth] [answer] [call] [waiting], or one file: answer/judge
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stryker } from "@stryker-mutator/core";

const waiting = "resources/private-link-connections/waiting";
const rooms = {
  // "digest-servers" waits for Apache's clock.
  auth: { mutate: "src/auth/**/*.ts", tests: ["test/auth/**/!(digest-servers).test.ts"] },
  answer: { mutate: "src/answer/**/*.ts", tests: ["test/answer/**/*.test.ts", "test/any-error.test.ts"] },
  // Those named "growth", "process-end" and "whole-life" run what was built, and not the source; "cost" and "transient" take as long as all of the others.
  call: { mutate: "src/call/**/*.ts", tests: ["test/call/**/!(growth).test.ts"] },
  waiting: {
    mutate: `src/${waiting}/**/*.ts`,
    tests: [`test/${waiting}/**/!(cost|growth|process-end|transient|whole-life).test.ts`],
  },
};
/** Below this a room's tests are not good enough. */
const least = 85;

const words = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(rooms);
const rows = [];
for (const word of words) {
  const [name = "", file] = word.split("/");
  const room = rooms[/** @type {keyof typeof rooms} */ (name)];
  if (!room) throw new Error(`${name} is no room; there are ${Object.keys(rooms).join(", ")}.`);
  rows.push(await mutate(word, file ? { ...room, mutate: room.mutate.replace("**/*", file) } : room));
}
console.table(rows);
await writeFile("reports/mutation.json", JSON.stringify(rows)); // for scripts/check-release/
if (rows.length === 0 || rows.some(({ score }) => score < least)) process.exitCode = 1;

/** @param {string} name @param {{ mutate: string, tests: string[] }} room */
async function mutate(name, { mutate, tests }) {
  process.env.MUTATION_TESTS = tests.join(",");
  const results = await new Stryker({
    mutate: [mutate],
    testRunner: "vitest",
    vitest: { configFile: "vitest.mutation.config.mjs", related: false },
    plugins: ["@stryker-mutator/vitest-runner"],
    ignorePatterns: ["dist", "examples", "test/types", "test/examples", "coverage", "tsconfig*.json"], // whose copies would look for what they extend
    ignoreStatic: true, // what runs once, when a module is loaded, would need a process for each change
    reporters: ["progress-append-only", "clear-text", "json"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
    jsonReporter: { fileName: `reports/mutation-${name.replace("/", "-")}.json` },
    tempDirName: join(tmpdir(), "atlas-streams-mutation"),
    cleanTempDir: "always",
    timeoutMS: 5_000,
    disableTypeChecks: false,
    allowConsoleColors: false,
  }).runMutationTest();
  const count = (/** @type {string[]} */ ...states) => results.filter(({ status }) => states.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  const missed = count("Survived", "NoCoverage");
  return {
    room: name,
    changes: noticed + missed,
    noticed,
    missed,
    score: Math.round((1000 * noticed) / (noticed + missed)) / 10,
  };
}
