import type { AtlasClient, Credentials } from "@atlas-streams/client";
import { serverUrl } from "@atlas-streams/types";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";
import type { Account } from "./account.js";
import { isProjectId, projectIdForm } from "./project-id.js";
import { proxyAgentFor } from "./proxy.js";
import { readSettings } from "./settings.js";

/** What every command takes that calls the service. */
export interface SessionOptions {
  readonly projectId?: string | undefined;
  readonly profile?: string | undefined;
  readonly mock?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** False where tokens are not to be kept between commands. */
  readonly cache?: boolean | undefined;
}

/** A client at work for one command. */
export interface Session {
  readonly atlas: AtlasClient;
  readonly groupId: string;
}

const noAccount = `There are no credentials. Set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET (a service account), or MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_KEY (an API key), or run: atlas-streams login
To try it without an account, add --mock.`;

const noProject =
  "There is no project. Give --projectId, set MONGODB_ATLAS_PROJECT_ID, or put projectId into the profile.";

function flagsFor({ projectId, profile }: SessionOptions): string {
  return `${projectId ? ` --projectId ${projectId}` : ""}${profile ? ` --profile ${profile}` : ""}`;
}

/** Where a project comes from that no flag names. */
function projectSource({ environment }: World, { profile = "default" }: SessionOptions): string {
  return environment.MONGODB_ATLAS_PROJECT_ID ? "MONGODB_ATLAS_PROJECT_ID" : `projectId in the profile ${profile}`;
}

/** Does a command's work with a client, and gives back what the client holds. */
export async function withSession<Result>(
  world: World,
  options: SessionOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  if (options.verbose) (await import("./verbose.js")).tellEverything(world.terminal.err);
  world.flags = flagsFor(options);
  if (options.mock) return withMock(world, options, work);
  const { found, baseUrl, projectId } = await readSettings(world.environment, options);
  if (!found) throw new UsageError(noAccount);
  if (!projectId) throw new UsageError(noProject);
  if (!isProjectId(projectId))
    throw new UsageError(`${projectSource(world, options)} is no project's id: ${projectIdForm}.`);
  const { createClient } = await import("@atlas-streams/client");
  const auth = await credentialsOf(found.account, world, options);
  const agent = await proxyAgentFor(baseUrl ?? serverUrl, world.environment);
  return closing(createClient({ auth, baseUrl, userAgent, agent }), (atlas) => work({ atlas, groupId: projectId }));
}

const userAgent = `atlas-streams-cli/${CLI_VERSION}`;

export async function credentialsOf(
  account: Account,
  { environment, terminal }: World,
  { cache }: SessionOptions,
): Promise<Credentials> {
  const { digest, serviceAccount } = await import("@atlas-streams/client");
  if (account.kind === "API key") return digest(account);
  if (cache === false) return serviceAccount(account);
  const { openTokenCache } = await import("./token-cache.js");
  return serviceAccount({ ...account, store: openTokenCache(environment, terminal.err) });
}

/** An embedded mock, for the length of one command. */
async function withMock<Result>(
  { environment }: World,
  options: SessionOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const [{ startEmbeddedMock }, { createClient, serviceAccount }] = await Promise.all([
    import("./embedded-mock.js"),
    import("@atlas-streams/client"),
  ]);
  const mock = await startEmbeddedMock();
  try {
    const auth = serviceAccount(mock.credentials.serviceAccount);
    const groupId = options.projectId || environment.MONGODB_ATLAS_PROJECT_ID || mock.projectId;
    return await closing(createClient({ auth, baseUrl: mock.url, userAgent }), (atlas) => work({ atlas, groupId }));
  } finally {
    await mock.stop();
  }
}

async function closing<Result>(atlas: AtlasClient, work: (atlas: AtlasClient) => Promise<Result>): Promise<Result> {
  try {
    return await work(atlas);
  } finally {
    // A token that cannot be given back dies by itself; what the command came to is what counts.
    await atlas.close().catch(() => undefined);
  }
}
