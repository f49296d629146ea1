import { subscribe } from "node:diagnostics_channel";
import type { DeprecationEvent, ResponseEvent, RetryEvent, TokenEvent } from "@atlas-streams/client";
import type { Screen } from "../terminal/terminal.js";
import { durationText, printable } from "../terminal/text.js";

/** From now on tells what the client does: requests, retries, tokens, versions that go away. No secret is in any of it. */
export function tellEverything(screen: Screen): void {
  const tell = (text: string) => screen.write(`${screen.paint("dim", printable(text))}\n`);
  const on = <Event>(name: string, line: (event: Event) => string) =>
    subscribe(`atlas-streams:${name}`, (event) => tell(line(event as Event)));
  on<ResponseEvent>("response", ({ request, durationMs, status, error }) => {
    const outcome = status ?? (error instanceof Error ? error.message : "no answer");
    return `> ${request.method} ${request.path}: ${outcome} in ${Math.round(durationMs)} ms`;
  });
  on<RetryEvent>("retry", ({ method, path, attempt, delayMs, status }) => {
    const why = status ? `answered ${status}` : "failed";
    return `> ${method} ${path}: attempt ${attempt} ${why}, the next in ${durationText(delayMs)} (${Math.round(delayMs)} ms)`;
  });
  on<TokenEvent>("token", ({ expiresAt, error }) => {
    if (error) return `> token: ${error instanceof Error ? error.message : "could not be had"}`;
    return `> token: there is one${expiresAt ? ` until ${new Date(expiresAt).toISOString()}` : ""}`;
  });
  on<DeprecationEvent>("deprecation", ({ method, path, sunset }) => {
    return `> ${method} ${path}: this version is deprecated${sunset ? ` and ends on ${sunset}` : ""}`;
  });
}
