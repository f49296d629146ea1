// Apart from the other cases: a runtime without files could not even load it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileTokenStore } from "@atlas-streams/client/token-file";

/**
 * Lets works use a store in a folder that is gone afterwards, one after the other: each has a store of its own, as processes do.
 * @param {((store: import("@atlas-streams/client").TokenStore) => Promise<unknown>)[]} works
 */
export async function inFolder(...works) {
  const directory = await mkdtemp(join(tmpdir(), "atlas-streams-"));
  try {
    for (const work of works) await work(fileTokenStore({ directory }));
  } finally {
    await rm(directory, { recursive: true });
  }
}
