import type { Environment } from "@atlas-streams/client";
import { UsageError } from "../usage-error.js";

/** Who logs in. */
export type Account =
  | { readonly kind: "service account"; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: "API key"; readonly publicKey: string; readonly privateKey: string };

/** An account, and where it was found, for a person who looks for a mistake. */
export interface FoundAccount {
  readonly account: Account;
  readonly source: string;
}

const pairs = [
  { kind: "service account", id: "MONGODB_ATLAS_CLIENT_ID", secret: "MONGODB_ATLAS_CLIENT_SECRET" },
  { kind: "API key", id: "MONGODB_ATLAS_PUBLIC_KEY", secret: "MONGODB_ATLAS_PRIVATE_KEY" },
  // The names that the official command line and the Terraform provider use.
  { kind: "API key", id: "MONGODB_ATLAS_PUBLIC_API_KEY", secret: "MONGODB_ATLAS_PRIVATE_API_KEY" },
] as const;

/** The account that the environment names; a service account goes before an API key. An empty variable counts as absent. */
export function accountOfEnvironment(environment: Environment): FoundAccount | undefined {
  for (const { kind, id, secret } of pairs) {
    const { [id]: first, [secret]: second } = environment;
    if (first && second) return { account: accountOf(kind, first, second), source: `${id} and ${secret}` };
    if (first || second)
      throw new UsageError(
        `${first ? id : secret} is set, but ${first ? secret : id} is not. Set both, or neither and use a profile: atlas-streams login.`,
      );
  }
  return undefined;
}

export function accountOf(kind: Account["kind"], id: string, secret: string): Account {
  return kind === "service account"
    ? { kind, clientId: id, clientSecret: secret }
    : { kind, publicKey: id, privateKey: secret };
}
