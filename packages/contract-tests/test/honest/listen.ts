import { channel } from "node:diagnostics_channel";
import { onTestFinished } from "vitest";

export type Event = Record<string, unknown>;

/** Every message of a channel, until the test ends. */
export function listen(name: string): Event[] {
  const events: Event[] = [];
  const note = (message: unknown) => void events.push(message as Event);
  const subject = channel(`atlas-streams:${name}`);
  subject.subscribe(note);
  onTestFinished(() => void subject.unsubscribe(note));
  return events;
}
