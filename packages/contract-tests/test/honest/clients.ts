import { type AtlasClient, type ClientOptions, createClient, digest, serviceAccount } from "@atlas-streams/client";
import type { Mock } from "@atlas-streams/mock";
import type { CredentialKind } from "../target.js";

/** The matrix is held by both. */
export const kinds: readonly CredentialKind[] = ["a service account", "digest"];

/** What the client sends by: each of the suite's projects has its own, see vitest.config.mjs. */
export const transport: Pick<ClientOptions, "fetch"> =
  process.env.TRANSPORT === "fetch" ? { fetch: (url, init) => globalThis.fetch(url, init) } : {};

/** Where a client can log in: the mock, or a server of our own. */
export type Server = Pick<Mock, "url" | "credentials">;

/** A client of a server on this machine. It sends each call once, unless `retry` says otherwise. */
export function connect(kind: CredentialKind, { url, credentials }: Server, options: ClientOptions = {}): AtlasClient {
  const auth = kind === "digest" ? digest(credentials.digest) : serviceAccount(credentials.serviceAccount);
  return createClient({ baseUrl: url, auth, retry: false, ...transport, ...options });
}
