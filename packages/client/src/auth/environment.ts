import { InvalidArgumentError } from "../answer/errors.js";
import { asText, property } from "../answer/json.js";
import type { Credentials } from "./credentials.js";
import { digest } from "./digest.js";
import { serviceAccount } from "./service-account.js";

/** What the environment says of a client. */
export interface EnvironmentSettings {
  /** The credentials that were found, if any. */
  readonly auth: Credentials | undefined;
  /** `MONGODB_ATLAS_BASE_URL`, if it is set. */
  readonly baseUrl: string | undefined;
}

/** The environment, as `process.env` has it. */
export type Environment = { readonly [name: string]: string | undefined };

/** The names that MongoDB's own tools use for the two halves of a pair; the first that is there counts. */
const accountNames = [["MONGODB_ATLAS_CLIENT_ID"], ["MONGODB_ATLAS_CLIENT_SECRET"]] as const;
const keyNames = [
  ["MONGODB_ATLAS_PUBLIC_KEY", "MONGODB_ATLAS_PUBLIC_API_KEY"],
  ["MONGODB_ATLAS_PRIVATE_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"],
] as const;

/**
 * Reads credentials and base URL from the variables that MongoDB's own tools use:
 * `MONGODB_ATLAS_CLIENT_ID` and `_CLIENT_SECRET` (a service account), else `MONGODB_ATLAS_PUBLIC_KEY`
 * and `_PRIVATE_KEY` (an API key), else the same as `_PUBLIC_API_KEY` and `_PRIVATE_API_KEY`; and
 * `MONGODB_ATLAS_BASE_URL`. An empty variable counts as absent. This is the only function of the
 * client that reads `process.env`; `createClient` calls it where `auth` is not given.
 *
 * @throws `InvalidArgumentError` where half of a pair is there, or a half cannot be what it is named
 * @example
 * ```ts
 * const { auth, baseUrl } = credentialsFromEnvironment();
 * ```
 */
export function credentialsFromEnvironment(environment: Environment = ofTheProcess()): EnvironmentSettings {
  const account = readPair(environment, accountNames);
  const keys = account ? undefined : readPair(environment, keyNames);
  return {
    auth: account
      ? serviceAccount({ clientId: account[0], clientSecret: account[1] })
      : keys && digest({ publicKey: keys[0], privateKey: keys[1] }),
    baseUrl: variable(environment, "MONGODB_ATLAS_BASE_URL"),
  };
}

/** Not every runtime has one. */
function ofTheProcess(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } };
  return process?.env ?? {};
}

type Names = readonly [first: readonly string[], second: readonly string[]];

function readPair(environment: Environment, [firsts, seconds]: Names): [string, string] | undefined {
  // Halves of one spelling belong together, should there be several.
  const isSet = (name: string | undefined) => name !== undefined && variable(environment, name) !== undefined;
  const whole = firsts.findIndex((name, spelling) => isSet(name) && isSet(seconds[spelling]));
  const first = firsts[whole] ?? firsts.find(isSet);
  const second = seconds[whole] ?? seconds.find(isSet);
  if (first && second) return [variable(environment, first) ?? "", variable(environment, second) ?? ""];
  if (!first && !second) return undefined;
  const missing = (first ? seconds : firsts).join(" or ");
  throw new InvalidArgumentError(`${first ?? second} is set, but ${missing} is not.`);
}

function variable(environment: Environment, name: string): string | undefined {
  return asText(property(environment, name)) || undefined;
}
