import type { PrivateLinkConnection, PrivateLinkConnectionKind, Unlisted } from "@atlas-streams/types";

/** The providers that have kinds of their own. */
export type KnownProvider = PrivateLinkConnectionKind["provider"];
/** The vendors that a provider is known to have. */
export type KnownVendor<Provider extends KnownProvider> = Extract<
  PrivateLinkConnectionKind,
  { provider: Provider }
>["vendor"];

/**
 * Whether a connection is of one provider and vendor. It then has the fields that exist there, and no
 * others; each may be absent.
 *
 * A connection that the service made without a vendor is `GENERIC` once it has been read.
 *
 * After the `if`, TypeScript takes a variable for one of both, the kind or any connection, and lets only fields be read
 * that both have. What is for other connections belongs into an `else`, or after a `return`.
 *
 * @example
 * ```ts
 * if (isConnectionOf(connection, "AWS", "MSK")) console.log(connection.arn);
 * ```
 */
export function isConnectionOf<Provider extends KnownProvider, Vendor extends KnownVendor<Provider>>(
  connection: PrivateLinkConnection,
  provider: Provider,
  vendor: Vendor,
): connection is Extract<PrivateLinkConnectionKind, { provider: Provider; vendor: Vendor }> {
  return connection.provider === provider && connection.vendor === vendor;
}

/**
 * Marks the provider and the vendor of a kind that this client does not list, because it is newer: then
 * any field goes, and the service is the judge.
 *
 * @example
 * ```ts
 * await atlas.privateLinkConnections.create({
 *   groupId,
 *   body: { provider: unlisted("AWS"), vendor: unlisted("TIMESTREAM"), region: "us-east-1" },
 * });
 * ```
 */
export function unlisted(value: string): Unlisted {
  return value as unknown as Unlisted; // on the wire it is the string
}
