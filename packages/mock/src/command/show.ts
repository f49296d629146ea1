import type { MockRequest } from "../mock-request.js";
import { printable } from "../printable.js";
import type { Mock } from "../start-mock.js";

/** Where the mock is and how to call it. */
export function welcome({ url, ca, credentials }: Pick<Mock, "url" | "ca" | "credentials">, caFile?: string): string {
  const { digest, serviceAccount } = credentials;
  const trust = caFile === undefined ? "--insecure" : `--cacert '${caFile}'`;
  return `Mock of the Atlas Private Link API at ${url}

  API key          ${digest.publicKey} : ${digest.privateKey}
  service account  ${serviceAccount.clientId} : ${serviceAccount.clientSecret}

  curl --digest --user '${digest.publicKey}:${digest.privateKey}' \\
    --header 'Accept: application/vnd.atlas.2025-03-12+json' ${ca === undefined ? "" : `${trust} `}\\
    ${url}/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams/privateLinkConnections/66f0c1d2e3a4b5c6d7e8f901

Ctrl-C stops it.
`;
}

export function openWarning(host: string): string {
  return `
Listening on ${host}, NOT ONLY FOR THIS MACHINE: whoever reaches it can do all that you can.
`;
}

/** A request as a line to read: when, what came of it, how long it took, and what it was. */
export function requestLine(
  { at, status, method, path, operationId }: MockRequest,
  tookMs: number,
  colour: boolean,
): string {
  const time = new Date(at).toTimeString().slice(0, 8);
  const outcome = String(status ?? "none").padEnd(4);
  const shown = colour ? `\x1b[${colourOf(status)}m${outcome}\x1b[39m` : outcome;
  return `${time}  ${shown} ${`${Math.round(tookMs)} ms`.padStart(7)}  ${method.padEnd(6)} ${printable(path)}${operationId ? `  ${operationId}` : ""}`;
}

/** Red, yellow or green, as a terminal numbers them; Node has names for them only from 20.12 on. */
function colourOf(status: number | undefined): 31 | 33 | 32 {
  if (status === undefined || status >= 500) return 31;
  return status >= 400 ? 33 : 32;
}
