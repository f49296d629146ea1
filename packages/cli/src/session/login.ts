import { createClient, digest, isAtlasError, serviceAccount } from "@atlas-streams/client";
import { serverUrl } from "@atlas-streams/types";
import { ask, askSecret } from "../command/ask.js";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";
import { type Account, accountOf } from "./account.js";
import { configFile, type Profile, readProfiles, writeProfiles } from "./config-file.js";
import { proxyAgentFor } from "./proxy.js";

interface LoginOptions {
  readonly profile: string;
  readonly baseUrl?: string | undefined;
  readonly projectId?: string | undefined;
}

const serviceAccountPrefix = "mdb_sa_id_";
/** An id that is no project's: whoever is told so has logged in. */
const noProject = "000000000000000000000000";

/** Asks for credentials, checks them, and keeps them. What is not accepted is not written. */
export async function login(world: World, options: LoginOptions): Promise<void> {
  const { environment, terminal } = world;
  if (!terminal.isInteractive)
    throw new UsageError(
      "login asks questions, and there is nobody to answer. Set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET instead.",
    );
  const file = configFile(environment);
  const profiles = await readProfiles(file);
  const id = await ask(world, "Client ID of a service account, or public key of an API key: ");
  if (!id) throw new UsageError("Nothing was given. Nothing was written.");
  const kind: Account["kind"] = id.startsWith(serviceAccountPrefix) ? "service account" : "API key";
  const secret = await askSecret(
    world,
    kind === "API key" ? "Private key (not shown): " : "Client secret (not shown): ",
  );
  if (!secret) throw new UsageError("Nothing was given. Nothing was written.");
  const projectId = options.projectId ?? (await ask(world, "Project ID (may be left empty): "));
  const account = accountOf(kind, id, secret);
  const profile: Profile = {
    ...(account.kind === "API key"
      ? { publicKey: account.publicKey, privateKey: account.privateKey }
      : { clientId: account.clientId, clientSecret: account.clientSecret }),
    ...(projectId && { projectId }),
    ...(options.baseUrl && { baseUrl: options.baseUrl }),
  };
  await check(world, account, profile);
  await writeProfiles(file, new Map([...profiles, [options.profile, profile]])).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(`The credentials are good, but ${file} cannot be written (${error.code ?? error.message}).`);
    },
  );
  terminal.err.write(`Logged in with the ${kind}. The profile ${options.profile} is in ${file}.\n`);
}

async function check(
  { interrupt, environment }: World,
  account: Account,
  { projectId, baseUrl }: Profile,
): Promise<void> {
  const auth = account.kind === "API key" ? digest(account) : serviceAccount(account);
  const agent = await proxyAgentFor(baseUrl ?? serverUrl, environment);
  const atlas = createClient({ auth, baseUrl, agent });
  try {
    const page = { groupId: projectId ?? noProject, itemsPerPage: 1 };
    await atlas.privateLinkConnections.listPage(page, { signal: interrupt.signal });
  } catch (error) {
    // Without a project to ask for, being told that there is none is to be logged in.
    if (projectId || !isAtlasError(error) || (error.code !== "NOT_FOUND" && error.code !== "PERMISSION")) throw error;
  } finally {
    await atlas.close().catch(() => undefined); // a token that is not given back ends by itself
  }
}
