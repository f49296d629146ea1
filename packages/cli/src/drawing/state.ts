import { connectionStateMeaning, streamConnectionStateMeaning } from "@atlas-streams/types";
import type { Screen } from "../terminal/terminal.js";

export type Meaning = "pending" | "ready" | "failed" | "deleting" | "deleted" | "unknown";

/** No state of the one kind of connection means something else in the other. */
const meanings = new Map<string | undefined, Meaning>(
  Object.entries({ ...connectionStateMeaning, ...streamConnectionStateMeaning }),
);

/** What a state means to somebody who waits; the service may have states that nobody knows yet. */
export function meaningOf(state: string | undefined): Meaning {
  return meanings.get(state) ?? (state === undefined ? "pending" : "unknown");
}

const looks: { readonly [meaning in Meaning]: { colour: Parameters<Screen["paint"]>[0]; words: string } } = {
  ready: { colour: "green", words: "ready for use" },
  pending: { colour: "yellow", words: "being set up" },
  failed: { colour: "red", words: "given up for good" },
  deleting: { colour: "magenta", words: "being removed" },
  deleted: { colour: "magenta", words: "removed" },
  unknown: { colour: "yellow", words: "a state that this command does not know" },
};

/** A text in the colour of a state. */
export function paintState(screen: Screen, state: string | undefined, text: string): string {
  return screen.paint(looks[meaningOf(state)].colour, text);
}

export function stateWords(state: string | undefined): string {
  return looks[meaningOf(state)].words;
}
