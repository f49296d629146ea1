import type { WaitProgress } from "@atlas-streams/client";
import { paintState } from "../drawing/state.js";
import type { Screen, Terminal } from "../terminal/terminal.js";
import { durationText, printable, shortened } from "../terminal/text.js";
import { usualTime } from "./usual-time.js";

/** What a person sees of a wait. */
export interface Progress {
  see(connectionId: string, progress: WaitProgress): void;
  end(connectionId: string, how: string): void;
  stop(): void;
}

interface Settings {
  readonly goal: "done" | "deleted";
  readonly intervalMs: number;
}

const tickMs = 250;
const logEveryMs = 60_000;

/** One line that is drawn anew where there is a terminal, else lines of a log: one for each change, and one a minute. */
export function openProgress(terminal: Terminal, connectionIds: readonly string[], settings: Settings): Progress {
  return terminal.showsProgress ? drawn(terminal.err, connectionIds, settings) : logged(terminal.err, settings);
}

interface Seen extends WaitProgress {
  readonly at: number;
}

function drawn(screen: Screen, connectionIds: readonly string[], { goal, intervalMs }: Settings): Progress {
  const startedAt = performance.now();
  const seen = new Map<string, Seen>();
  const ended = new Map<string, string>();
  let stopped = false;
  let clear = () => {};
  let draw = () => {};
  // It is only for terminals, and not small.
  void import("log-update").then(({ createLogUpdate }) => {
    if (stopped) return;
    const update = createLogUpdate(process.stderr);
    clear = () => {
      update.clear();
      update.done(); // shows the cursor again
    };
    draw = () => update(shortened(lineOf(), Math.max(20, screen.width - 1)));
    draw();
  });
  const timer = setInterval(() => draw(), tickMs);

  function lineOf(): string {
    const elapsed = durationText(performance.now() - startedAt);
    const waiting = connectionIds.filter((id) => !ended.has(id));
    const [first = ""] = waiting;
    const latest = seen.get(first);
    const usual = goal === "done" ? usualTime(latest?.connection) : undefined;
    const next = latest && nextLookText(latest, intervalMs);
    const who = connectionIds.length > 1 ? `${ended.size} of ${connectionIds.length}` : first;
    const states = connectionIds.length > 1 ? statesOf(waiting) : (latest?.state ?? withoutState(goal));
    return ["⋯", who, printable(states), elapsed, ...(usual ? [usual] : []), ...(next ? [next] : [])].join("  ");
  }

  function statesOf(waiting: readonly string[]): string {
    const counts = new Map<string, number>();
    for (const id of waiting) {
      const state = seen.get(id)?.state ?? withoutState(goal);
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    return Array.from(counts, ([state, count]) => `${count} ${state}`).join(", ");
  }

  return {
    see(connectionId, progress) {
      seen.set(connectionId, { ...progress, at: performance.now() });
      draw();
    },
    end(connectionId, how) {
      ended.set(connectionId, how);
      draw();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      clear();
    },
  };
}

const growth = 1.5;
const longestGrowth = 15;

/** When the next look is about due: the client says how its intervals grow, and lets them vary by a tenth. */
function nextLookText({ attempt, at }: Seen, intervalMs: number): string | undefined {
  const interval = intervalMs * Math.min(longestGrowth, growth ** (attempt - 1));
  const leftMs = interval - (performance.now() - at);
  return leftMs > 1000 ? `next look in about ${durationText(leftMs)}` : undefined;
}

function logged(screen: Screen, { goal }: Settings): Progress {
  const last = new Map<string, { readonly state: string; readonly at: number }>();
  return {
    see(connectionId, { state = withoutState(goal), elapsedMs }) {
      const before = last.get(connectionId);
      if (before?.state === state && elapsedMs - before.at < logEveryMs) return;
      last.set(connectionId, { state, at: elapsedMs });
      const painted = paintState(screen, state, printable(state));
      screen.write(`${connectionId} ${painted} after ${durationText(elapsedMs)}\n`);
    },
    end() {},
    stop() {
      last.clear();
    },
  };
}

/** What is not shown yet, or not any more. */
function withoutState(goal: Settings["goal"]): string {
  return goal === "done" ? "no state yet" : "gone";
}
