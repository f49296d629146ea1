import type { Environment } from "@atlas-streams/client";
import { UsageError } from "../usage-error.js";
import { accountOf, accountOfEnvironment, type FoundAccount } from "./account.js";
import { configFile, type Profile, readProfiles } from "./config-file.js";

/** Who calls, and where. */
export interface Settings {
  readonly found: FoundAccount | undefined;
  readonly baseUrl: string | undefined;
  readonly projectId: string | undefined;
}

/** What of the command line counts here. */
export interface SettingsOptions {
  readonly profile?: string | undefined;
  readonly projectId?: string | undefined;
}

/** A profile that is named goes before the environment; the profile `default` comes after it. */
export async function readSettings(environment: Environment, options: SettingsOptions): Promise<Settings> {
  const projectId = options.projectId || environment.MONGODB_ATLAS_PROJECT_ID || undefined;
  const fromEnvironment = options.profile ? undefined : accountOfEnvironment(environment);
  if (fromEnvironment && projectId)
    return { found: fromEnvironment, baseUrl: environment.MONGODB_ATLAS_BASE_URL || undefined, projectId };
  const file = configFile(environment);
  const name = options.profile ?? "default";
  const profiles = await readProfiles(file);
  const profile = profiles.get(name);
  if (options.profile && !profile)
    throw new UsageError(
      `There is no profile ${name} in ${file}${profiles.size > 0 ? `; there are ${[...profiles.keys()].join(", ")}` : ""}. Make it: atlas-streams login --profile ${name}`,
    );
  const ofProfile = profile && accountOfProfile(profile, name, file);
  // An account of the environment is for the service that the environment names, never for a profile's.
  const baseUrl = fromEnvironment
    ? environment.MONGODB_ATLAS_BASE_URL
    : options.profile
      ? profile?.baseUrl
      : environment.MONGODB_ATLAS_BASE_URL || profile?.baseUrl;
  return {
    found: fromEnvironment ?? ofProfile,
    baseUrl: baseUrl || undefined,
    projectId:
      options.projectId ||
      (options.profile ? profile?.projectId || projectId : projectId || profile?.projectId) ||
      undefined,
  };
}

function accountOfProfile(profile: Profile, name: string, file: string): FoundAccount | undefined {
  const { clientId, clientSecret, publicKey, privateKey } = profile;
  const source = `the profile ${name} in ${file}`;
  if (clientId && clientSecret) return { account: accountOf("service account", clientId, clientSecret), source };
  if (publicKey && privateKey) return { account: accountOf("API key", publicKey, privateKey), source };
  if (clientId || clientSecret || publicKey || privateKey)
    throw new UsageError(
      `${file}: the profile ${name} has half of a pair. It needs clientId and clientSecret, or publicKey and privateKey.`,
    );
  return undefined;
}
