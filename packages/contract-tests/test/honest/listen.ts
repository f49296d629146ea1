import { channel } from "node:diagnostics_channel";
import type { AtlasClient } from "@atlas-streams/client";
import { onTestFinished } from "vitest";

export type Event = Record<string, unknown>;

/** What a client tells on a channel, until the test ends. In the same process clients of earlier tests may still be at work. */
export function listen(name: string, { id }: Pick<AtlasClient, "id">): Event[] {
  const events: Event[] = [];
  const note = (message: unknown) => {
    if ((message as Event).client === id) events.push(message as Event);
  };
  const subject = channel(`atlas-streams:${name}`);
  subject.subscribe(note);
  onTestFinished(() => void subject.unsubscribe(note));
  return events;
}
