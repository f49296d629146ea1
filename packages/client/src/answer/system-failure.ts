import { asText, property } from "./json.js";

/** What the network's own errors say of themselves. */
export interface SystemFailure {
  readonly code: string;
  readonly syscall: string;
}

/** How far a chain of causes is followed: it may be a ring. */
const deepestCause = 5;

/**
 * What has a code at the end of the chain of causes; more than one where several addresses were tried.
 * It is known by what it is and not by its class: a test runner has classes of its own.
 */
export function systemFailures(error: unknown, depth = 0): SystemFailure[] {
  if (typeof error !== "object" || error === null || depth > deepestCause) return [];
  const errors = property(error, "errors");
  if (Array.isArray(errors) && errors.length > 0)
    return errors.slice(0, mostAddresses).flatMap((each) => systemFailures(each, depth + 1));
  const code = property(error, "code");
  if (typeof code === "string" && aCode.test(code))
    return [{ code, syscall: asText(property(error, "syscall")) ?? "" }];
  return systemFailures(property(error, "cause"), depth + 1);
}

/** What a system calls its failures; anything else may be anything. */
const aCode = /^[\w.-]{1,64}$/;
const mostAddresses = 100;

/** Failures of finding the host, of connecting and of the TLS handshake: no byte of a request leaves before. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|ERR_SSL_WRONG_VERSION_NUMBER|ERR_TLS_CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)\w*|CERT_\w+)$/;

/** Whether the error of a `fetch` proves that the request never left. */
export function isUnsent(error: unknown): boolean {
  const failures = systemFailures(error);
  const isBefore = ({ code, syscall }: SystemFailure) => beforeSending.test(code) && !/read|write|send/.test(syscall);
  return (failures.length > 0 && failures.every(isBefore)) || saysItNeverConnected(error);
}

/** Deno has no codes, and names the step that failed after a URL, in which there are no blanks; Bun has one code for all of TLS. */
const neverConnected = /: client error \(Connect\): |: The TLS handshake failed\./;

function saysItNeverConnected(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > deepestCause) return false;
  const message = asText(property(error, "message")) ?? "";
  return neverConnected.test(message) || saysItNeverConnected(property(error, "cause"), depth + 1);
}
