// What Scalar is given: the description, with what makes its "try it" work against the mock by itself.
import { startMock } from "@atlas-streams/mock";
import { description, examplesOf, isOAuth, mediaOf, operations } from "./description.mjs";
import { curl, typescript } from "./samples.mjs";

/** @typedef {import("./description.mjs").Operation} Operation */

const howTo = `This talks to the mock behind the page, never to Atlas.

1. Press **Authorize**: the mock's service account is filled in.
2. Choose an operation and press **Test Request**, then **Send**.
3. For an error, choose one under the header \`Prefer\`. With \`none\` the mock answers as the service would, and remembers what you make and delete.

\`pnpm site\` starts page and mock together. The same operations as plain pages: [HTTP reference](/http/).`;

/** The description for Scalar: without servers, which the page knows, and what the mock lets in. */
export async function tryItDescription() {
  const copy = structuredClone(description);
  copy.info.description = howTo;
  copy.servers = [];
  copy.security = [{ serviceAccount: [] }];
  // For a digest scheme Scalar sends Basic, and so the private key in clear.
  delete copy.components.securitySchemes.digest;
  copy.components.securitySchemes.serviceAccount.flows.clientCredentials.tokenUrl = "/api/oauth/token";
  for (const operation of operations) {
    const target = copy.paths[operation.path][operation.method.toLowerCase()];
    target["x-codeSamples"] = [
      { lang: "TypeScript", label: "TypeScript", source: typescript(operation) },
      { lang: "Shell", label: "curl", source: curl(operation) },
    ];
    target.parameters = [...(target.parameters ?? []), ...(isOAuth(operation) ? [] : [preference(operation)])];
  }
  return copy;
}

/**
 * The header by which the mock is asked for one of the answers that are described.
 * @param {Operation} operation
 */
function preference({ answers }) {
  const errorsFirst = [...answers].sort(
    ([one], [other]) => Number(one.startsWith("2")) - Number(other.startsWith("2")),
  );
  const choices = errorsFirst.flatMap(([status, answer]) =>
    examplesOf(mediaOf(answer)?.[1] ?? {}).map(([name]) => `code=${status}, example=${name}`),
  );
  return {
    name: "Prefer",
    in: "header",
    description:
      "Only for the mock: which of the described answers it is to give. `none`: what the service would answer.",
    schema: { type: "string", enum: ["none", ...choices], default: "none" },
  };
}

/** What logs in at the mock; the same for every mock. */
export async function mockAccount() {
  const mock = await startMock();
  await mock.stop();
  return mock.credentials.serviceAccount;
}
