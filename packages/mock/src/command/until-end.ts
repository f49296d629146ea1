/** How often to look whether the process that started this one is still there. */
const watchMs = 250;

/**
 * Resolves when the command is to end: on Ctrl-C, on SIGTERM, or when the process that started it is gone, for a test
 * that was killed cannot say goodbye.
 */
export function untilEnd(stay: boolean): Promise<void> {
  return new Promise((resolve) => {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (!stay && process.ppid !== parent) end();
    }, watchMs);
    function end(): void {
      clearInterval(watch);
      resolve();
    }
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
    // Whoever read our lines is gone; the lines do not matter any more.
    process.stdout.on("error", () => {});
  });
}
