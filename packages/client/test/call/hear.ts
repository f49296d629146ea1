import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { onTestFinished } from "vitest";

/** What is told on a channel of the client's from now on, until the test has finished. */
export function hear(name: string): unknown[] {
  const channel = `atlas-streams:${name}`;
  const heard: unknown[] = [];
  const note = (message: unknown) => heard.push(message);
  subscribe(channel, note);
  onTestFinished(() => void unsubscribe(channel, note));
  return heard;
}
