import { accessSync, constants, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { MockConnection } from "../connections/connections.js";
import type { MockCredentials } from "../credentials/credentials.js";
import type { Arguments } from "./arguments.js";
import { forOption } from "./files.js";

/** What other processes want to know of one that runs. */
export interface Running {
  readonly url: string;
  readonly ca?: string;
  readonly credentials?: MockCredentials;
}

type Files = Pick<Arguments, "ca" | "readyFile" | "save">;

/**
 * Before anything listens: whoever waits for the file that says so does not find that of an earlier run, and what cannot
 * be written later is told now.
 */
export function prepareFiles({ ca, readyFile, save }: Files): void {
  if (readyFile !== undefined) forOption("--ready-file", readyFile, () => rmSync(readyFile, { force: true }));
  for (const [option, file] of Object.entries({ "--ca": ca, "--ready-file": readyFile, "--save": save }))
    if (file !== undefined) forOption(option, file, () => refuseUnwritable(file));
}

function refuseUnwritable(file: string): void {
  accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error("it is a folder");
}

/** Tells whoever waits for the files that it runs. */
export function tellReady({ ca: caFile, readyFile }: Files, { url, ca, credentials }: Running): void {
  if (caFile !== undefined) writeFileSync(caFile, ca ?? "");
  if (readyFile === undefined) return;
  const ready = { url, pid: process.pid, ...(credentials && { credentials }), ...(ca !== undefined && { ca }) };
  // Whoever sees the file sees all of it.
  const unfinished = `${readyFile}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(ready)}\n`);
  renameSync(unfinished, readyFile);
}

/** At the end: nobody is to find what is not there any more. */
export function leaveFiles({ readyFile, save }: Files, connections: () => readonly MockConnection[]): void {
  if (readyFile !== undefined) rmSync(readyFile, { force: true });
  if (save !== undefined) writeFileSync(save, `${JSON.stringify(connections(), null, 2)}\n`);
}
