import { paintState } from "../drawing/state.js";
import type { Goal, Look } from "../resources/resource.js";
import type { Screen, Terminal } from "../terminal/terminal.js";
import { durationText, printable, shortened } from "../terminal/text.js";

/** What a person sees of a wait. */
export interface Progress<Item> {
  see(name: string, look: Look<Item>): void;
  end(name: string, how: string): void;
  stop(): void;
}

interface Settings<Item> {
  readonly goal: Goal;
  readonly intervalMs: number;
  usual(item: Item): string | undefined;
}

const tickMs = 250;
const logEveryMs = 60_000;

/** One line that is drawn anew where there is a terminal, else lines of a log: one for each change, and one a minute. */
export function openProgress<Item>(
  terminal: Terminal,
  names: readonly string[],
  settings: Settings<Item>,
): Progress<Item> {
  return terminal.showsProgress ? drawn(terminal.err, names, settings) : logged(terminal.err, settings);
}

type Seen<Item> = Look<Item> & { readonly at: number };

function drawn<Item>(
  screen: Screen,
  names: readonly string[],
  { goal, intervalMs, usual: usualTime }: Settings<Item>,
): Progress<Item> {
  const startedAt = performance.now();
  const seen = new Map<string, Seen<Item>>();
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
    draw = () => update(lineOf(Math.max(20, screen.width - 1)));
    draw();
  });
  const timer = setInterval(() => draw(), tickMs);

  function lineOf(width: number): string {
    const elapsed = durationText(performance.now() - startedAt);
    const waiting = names.filter((name) => !ended.has(name));
    const [first = ""] = waiting;
    const latest = seen.get(first);
    const usual = goal === "done" && latest?.item ? usualTime(latest.item) : undefined;
    const next = latest && nextLookText(latest, intervalMs);
    const who = names.length > 1 ? `${ended.size} of ${names.length}` : first;
    const states = names.length > 1 ? statesOf(waiting) : stateOf(first);
    const line = ["⋯", who, printable(states), elapsed].join("  ");
    const more = [usual, next].filter((part) => part !== undefined);
    // What there is no room for is left out whole, the last of it first.
    const fitting = [2, 1, 0].map((count) => [line, ...more.slice(0, count)].join("  "));
    return fitting.find((each) => each.length <= width) ?? shortened(line, width);
  }

  /** Before the first look nothing is known, least of all that it is gone. */
  function stateOf(name: string): string {
    return seen.has(name) ? (seen.get(name)?.state ?? withoutState(goal)) : withoutState("done");
  }

  function statesOf(waiting: readonly string[]): string {
    const counts = new Map<string, number>();
    for (const name of waiting) {
      const state = stateOf(name);
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    return Array.from(counts, ([state, count]) => `${count} ${state}`).join(", ");
  }

  return {
    see(name, look) {
      seen.set(name, { ...look, at: performance.now() });
      draw();
    },
    end(name, how) {
      ended.set(name, how);
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
function nextLookText({ attempt, at }: Pick<Seen<unknown>, "attempt" | "at">, intervalMs: number): string | undefined {
  const interval = intervalMs * Math.min(longestGrowth, growth ** (attempt - 1));
  const leftMs = interval - (performance.now() - at);
  return leftMs > 1000 ? `next look in about ${durationText(leftMs)}` : undefined;
}

function logged<Item>(screen: Screen, { goal }: Settings<Item>): Progress<Item> {
  const last = new Map<string, { readonly state: string; readonly at: number }>();
  return {
    see(name, { state = withoutState(goal), elapsedMs }) {
      const before = last.get(name);
      if (before?.state === state && elapsedMs - before.at < logEveryMs) return;
      last.set(name, { state, at: elapsedMs });
      const painted = paintState(screen, state, printable(state));
      screen.write(`${name} ${painted} after ${durationText(elapsedMs)}\n`);
    },
    end() {},
    stop() {
      last.clear();
    },
  };
}

/** What is not shown yet, or not any more. */
function withoutState(goal: Goal): string {
  return goal === "done" ? "no state yet" : "gone";
}
