import { expect } from "vitest";
import { startDigestClient } from "../digest-client.js";
import { type DigestServerOptions, startDigestServer } from "../digest-server.js";

export async function start(options?: DigestServerOptions) {
  const server = await startDigestServer(options);
  return { server, client: startDigestClient(server.url) };
}

/** No count came twice for one nonce. */
export function expectFreshCounts({ counts }: { counts: string[] }) {
  expect(counts).toEqual([...new Set(counts)]);
}

/** A promise and the function that keeps it. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
