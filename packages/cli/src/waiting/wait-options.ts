import type { Command } from "@commander-js/extra-typings";
import { parseDuration } from "../command/duration.js";

/** The options of every command that waits. */
export function withWaitOptions<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command
    .option("--timeout <duration>", "when to give up waiting, such as 90m; an hour if nothing is said", parseDuration)
    .option(
      "--interval <duration>",
      "the time between the first two looks, 2s if nothing is said; it grows",
      parseDuration,
    );
}
