import { InvalidArgumentError } from "../answer/errors.js";
import type { Credentials } from "./credentials.js";
import { digest } from "./digest.js";
import { serviceAccount } from "./service-account.js";

/** What the environment says of a client. */
export interface EnvironmentSettings {
  readonly auth: Credentials | undefined;
  readonly baseUrl: string | undefined;
}

/** The environment, as `process.env` has it. */
export type Environment = { readonly [name: string]: string | undefined };

/**
 * Reads credentials and base URL from the variables that MongoDB's own tools use:
 * `MONGODB_ATLAS_CLIENT_ID` and `_CLIENT_SECRET` (a service account), else `MONGODB_ATLAS_PUBLIC_KEY`
 * and `_PRIVATE_KEY` (an API key), and `MONGODB_ATLAS_BASE_URL`. An empty variable counts as absent.
 * This is the only function of the client that reads `process.env`; `createClient` calls it where
 * `auth` is not given.
 *
 * @throws `InvalidArgumentError` where half of a pair is there
 * @example
 * ```ts
 * const { auth, baseUrl } = credentialsFromEnvironment();
 * ```
 */
export function credentialsFromEnvironment(environment: Environment = process.env): EnvironmentSettings {
  const account = readPair(environment, "MONGODB_ATLAS_CLIENT_ID", "MONGODB_ATLAS_CLIENT_SECRET");
  const keys = account ? undefined : readPair(environment, "MONGODB_ATLAS_PUBLIC_KEY", "MONGODB_ATLAS_PRIVATE_KEY");
  return {
    auth: account
      ? serviceAccount({ clientId: account[0], clientSecret: account[1] })
      : keys && digest({ publicKey: keys[0], privateKey: keys[1] }),
    baseUrl: environment.MONGODB_ATLAS_BASE_URL || undefined,
  };
}

function readPair(environment: Environment, first: string, second: string): [string, string] | undefined {
  const { [first]: one, [second]: other } = environment;
  if (one && other) return [one, other];
  if (one || other)
    throw new InvalidArgumentError(`${one ? first : second} is set, but ${one ? second : first} is not.`);
  return undefined;
}
