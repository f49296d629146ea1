import { appendFileSync, fchmodSync, fstatSync, openSync } from "node:fs";
import type { MockRequest } from "../mock-request.js";
import { inBody, inHeaders, inPath } from "./without-secrets.js";

/**
 * Begins a file of requests, one JSON object a line, that only its owner can read. Gives what writes a line.
 *
 * @throws if it cannot be written
 */
export function startRecord(file: string): (request: MockRequest) => void {
  const descriptor = openSync(file, "w", 0o600);
  // The mode above is for a new file only; a terminal or a pipe keeps its own.
  if (fstatSync(descriptor).isFile()) fchmodSync(descriptor, 0o600);
  return (request) => appendFileSync(descriptor, `${recordLine(request)}\n`);
}

/** A request as a line to keep, without what could be used to log in. */
export function recordLine({ path, headers, body, ...request }: MockRequest): string {
  const line = JSON.stringify({
    ...request,
    path: inPath(path),
    headers: inHeaders(headers),
    ...(body !== undefined && { body: inBody(body) }),
  });
  // Whoever looks at the file in a terminal sees all of it, and nothing moves.
  return line.replace(knownSecrets, "$1…").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** Secrets that show what they are wherever they stand: those of service accounts, and tokens that are signed. */
const knownSecrets = /(mdb_sa_sk_|\beyJ)[\w-]{8,}(?:\.[\w.-]+)?/g;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");
}
