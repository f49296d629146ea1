import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * The server in its process. `takeLedger` gives what arrived since it was last called.
 * @typedef {{ site: import("./server.mjs").Site, takeLedger: () => Promise<import("./server.mjs").Ledger>, stop: () => void }} ServerProcess
 */

/** @returns {Promise<ServerProcess>} */
export async function startServerProcess() {
  const child = startProcess("./server.mjs");
  return {
    site: await nextMessage(child),
    takeLedger() {
      child.send("ledger");
      return nextMessage(child);
    },
    stop: () => child.disconnect(),
  };
}

/** @param {string} file */
export function startProcess(file) {
  return fork(fileURLToPath(new URL(file, import.meta.url)));
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<any>}
 */
export function nextMessage(child) {
  return new Promise((resolve, reject) => {
    const onExit = (/** @type {number | null} */ status) =>
      reject(new Error(`A process of the benchmark ended early, with status ${status}.`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}
