import { serverUrl } from "@atlas-streams/types";
import { exitCodes } from "../exit-codes.js";
import type { FoundAccount } from "../session/account.js";
import { isProjectId, projectIdForm } from "../session/project-id.js";
import type { SessionOptions } from "../session/session.js";
import { readSettings } from "../session/settings.js";
import { UsageError } from "../usage-error.js";
import type { World } from "../world.js";
import type { Finding } from "./finding.js";

/** What the other checks need to know. */
export interface CheckedSettings {
  readonly found: FoundAccount;
  readonly baseUrl: string;
  readonly projectId: string | undefined;
}

const projectAdvice = "Give --projectId, set MONGODB_ATLAS_PROJECT_ID, or put projectId into the profile.";

/** Variables and file. */
export async function* checkSettings(
  { environment }: World,
  options: SessionOptions,
): AsyncGenerator<Finding, CheckedSettings | undefined> {
  const check = "Credentials";
  try {
    const { found, baseUrl = serverUrl, projectId } = await readSettings(environment, options);
    if (!found) {
      yield {
        check,
        is: "wrong",
        detail: "there are none",
        advice:
          "Set MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET, or MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_KEY, or run: atlas-streams login",
        exitCode: exitCodes.usage,
      };
      return undefined;
    }
    const { account, source } = found;
    const name = account.kind === "API key" ? account.publicKey : account.clientId;
    yield { check, is: "right", detail: `the ${account.kind} ${name}, from ${source}, for ${baseUrl}` };
    if (projectId && !isProjectId(projectId)) {
      const detail = `${projectId} is no project's id: ${projectIdForm}`;
      yield { check: "Project", is: "wrong", detail, advice: projectAdvice, exitCode: exitCodes.usage };
      return undefined;
    }
    yield projectId
      ? { check: "Project", is: "right", detail: projectId }
      : {
          check: "Project",
          is: "unknown",
          detail: "none is named, so access to one is not checked",
          advice: projectAdvice,
        };
    return { found, baseUrl, projectId };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    yield { check, is: "wrong", detail: error.message, exitCode: exitCodes.usage };
    return undefined;
  }
}
