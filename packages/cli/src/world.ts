import type { Environment } from "@atlas-streams/client";
import type { Interrupt } from "./terminal/interrupt.js";
import type { Terminal } from "./terminal/terminal.js";

/** What a command finds around it. */
export interface World {
  readonly environment: Environment;
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  /** How the command ends, where that is another way than done or failed. */
  exitCode: number;
}
