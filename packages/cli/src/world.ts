import type { Environment } from "@atlas-streams/client";
import type { Interrupt } from "./terminal/interrupt.js";
import type { Terminal } from "./terminal/terminal.js";

/** What a command finds around it. */
export interface World {
  readonly environment: Environment;
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  /** What commands that are told of need beside their own words, to ask the same project with the same credentials. */
  flags: string;
  /** How the command ends, where that is another way than done or failed. */
  exitCode: number;
}
