import { readFileSync } from "node:fs";

/** How often to look whether the process that started this one is still there. */
const watchMs = 250;

/**
 * Resolves when the command is to end: on Ctrl-C, on SIGTERM, or when the process that started it is gone, for a test
 * that was killed cannot say goodbye. `parent` is the process that was there at first look.
 */
export function untilEnd(stay: boolean, parent: number): Promise<void> {
  return new Promise((resolve) => {
    const isOrphan = () => process.ppid !== parent || (parent === 1 && isForeignSession());
    const watch = setInterval(() => {
      if (!stay && isOrphan()) end();
    }, watchMs);
    // What listens keeps the process; where nothing does, because it did not start, there is nothing to end.
    watch.unref();
    function end(): void {
      clearInterval(watch);
      resolve();
    }
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
    // Whoever read our lines is gone; the lines do not matter any more.
    process.stdout.on("error", () => {});
  });
}

/**
 * Whether the parent was gone before the first look. A child of process 1 is in its session or leads one; an orphan that
 * came to process 1 is in that of somebody else, unless its parent was in that of process 1, too: then nothing tells
 * the two apart, and the mock stays. Only Linux tells.
 */
function isForeignSession(): boolean {
  if (process.platform !== "linux") return false;
  const [, afterName = ""] = /^.*\) (.*)$/s.exec(readFileSync("/proc/self/stat", "utf8")) ?? [];
  const session = Number(afterName.split(" ")[3]);
  return ![0, 1, process.pid].includes(session);
}
