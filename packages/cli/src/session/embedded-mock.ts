import type { Mock, MockOptions } from "@atlas-streams/mock";
import { components } from "../description.js";
import { UsageError } from "../usage-error.js";

/** The mock in this process, and a project to use it with. */
export type EmbeddedMock = Mock & { readonly projectId: string };

/** The variables by which a command finds the mock, and logs in there. */
export function environmentOf({ url, projectId, credentials: { serviceAccount } }: EmbeddedMock) {
  return {
    MONGODB_ATLAS_BASE_URL: url,
    MONGODB_ATLAS_PROJECT_ID: projectId,
    MONGODB_ATLAS_CLIENT_ID: serviceAccount.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: serviceAccount.clientSecret,
    MONGODB_ATLAS_PUBLIC_KEY: "",
    MONGODB_ATLAS_PRIVATE_KEY: "",
  };
}

export async function startEmbeddedMock(options: MockOptions = {}): Promise<EmbeddedMock> {
  const { startMock } = await import("@atlas-streams/mock").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError("The mock is not here: this file was taken alone. Install it: npm install @atlas-streams/cli");
  });
  const mock = await startMock(options);
  return { ...mock, projectId: components.parameters.groupId.example };
}
