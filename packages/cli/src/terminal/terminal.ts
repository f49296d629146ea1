import { styleText } from "node:util";
import type { Environment } from "@atlas-streams/client";

type Format = Parameters<typeof styleText>[0];

/** One of the two streams that a command writes to. */
export interface Screen {
  readonly isTerminal: boolean;
  /** How many columns there are now; without bounds where it is no terminal. */
  readonly width: number;
  write(text: string): void;
  /** The text in a colour, where colours are wanted. */
  paint(format: Format, text: string): string;
}

/** Where a command is run: what it may print and ask. */
export interface Terminal {
  readonly out: Screen;
  readonly err: Screen;
  /** Whether there is a person to ask. */
  readonly isInteractive: boolean;
  /** Whether a line may be drawn anew again and again. */
  readonly showsProgress: boolean;
}

export function openTerminal(
  environment: Environment,
  { stdin, stdout, stderr }: Pick<NodeJS.Process, "stdin" | "stdout" | "stderr"> = process,
): Terminal {
  const isCi = Boolean(environment.CI) && environment.CI !== "false";
  const err = screenOf(stderr, environment);
  return {
    out: screenOf(stdout, environment),
    err,
    isInteractive: stdin.isTTY === true && err.isTerminal && !isCi,
    showsProgress: err.isTerminal && !isCi && environment.TERM !== "dumb",
  };
}

function screenOf(stream: NodeJS.WriteStream, environment: Environment): Screen {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  const isTerminal = stream.isTTY === true;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  const isColoured = NO_COLOR ? false : isForced || (isTerminal && TERM !== "dumb" && FORCE_COLOR === undefined);
  return {
    isTerminal,
    get width() {
      return isTerminal ? stream.columns || 80 : Number.POSITIVE_INFINITY;
    },
    write: (text) => void stream.write(text),
    // Left to itself, a newer Node would look at stdout, whichever stream this is.
    paint: (format, text) => (isColoured ? styleText(format, text, { validateStream: false }) : text),
  };
}
