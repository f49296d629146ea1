import { type AtlasError, isAtlasError } from "@atlas-streams/client";
import { CommanderError } from "commander";
import { type End, exitCodes } from "./exit-codes.js";
import { Interrupted } from "./terminal/interrupt.js";
import { printable, printableJson } from "./terminal/text.js";
import { UsageError } from "./usage-error.js";

/** What went wrong, for a person and for a program. */
export interface Failure {
  readonly exitCode: number;
  /** The sentences: what happened, why as far as the service said, what to do. */
  readonly text: string;
  readonly json: object;
}

export function describeFailure(error: unknown, flags = ""): Failure {
  if (error instanceof Interrupted)
    return { exitCode: error.exitCode, text: error.message, json: { code: "INTERRUPTED", message: error.message } };
  if (error instanceof CommanderError) return describeUsage(error);
  if (error instanceof UsageError) {
    const { message, mistakes, code } = error;
    const lines = mistakes?.map((mistake) => `  ${printable(mistake)}`) ?? [];
    return {
      exitCode: exitCodes.usage,
      text: [message, ...lines].join("\n"),
      json: { code, message, ...(mistakes && { mistakes }) },
    };
  }
  if (isAtlasError(error)) {
    const end = endOf(error);
    const advice = adviceOn(error, flags);
    return {
      exitCode: exitCodes[end],
      text: [printable(error.message), ...(advice ? [advice] : [])].join("\n"),
      json: { ...plainly(error), ...(advice && { advice }) },
    };
  }
  return describeUnknown(error);
}

function describeUsage({ message, code }: CommanderError): Failure {
  const text = message.replace(/^error: /, "").replace(/^./, (first) => first.toUpperCase());
  return {
    exitCode: exitCodes.usage,
    text: `${text}\n--help shows what there is.`,
    json: { code: "USAGE", reason: code, message: text },
  };
}

/** Only what the client says of an error; a cause may be of anybody's making. */
function plainly(error: AtlasError): object {
  return JSON.parse(JSON.stringify(error)) as object;
}

type AnyCode = ReturnType<typeof codeOf>;
const codeOf = (error: unknown) => (isAtlasError(error) ? error.code : "API");

const ends: { readonly [code in AnyCode]: End } = {
  API: "refused",
  AUTHENTICATION: "refused",
  PERMISSION: "refused",
  CONFLICT: "refused",
  CREDENTIAL: "refused",
  NOT_FOUND: "notFound",
  RATE_LIMIT: "network",
  SERVER: "network",
  CONNECTION: "network",
  UNEXPECTED_RESPONSE: "network",
  INVALID_ARGUMENT: "usage",
  TIMEOUT: "timeout",
  WAIT_TIMEOUT: "timeout",
  WAIT_FAILED: "failedState",
};

function endOf(error: AtlasError): End {
  const { status } = error as { readonly status?: unknown };
  // A token endpoint that is down or too busy refuses nobody.
  if (error.code === "CREDENTIAL" && typeof status === "number" && (status === 429 || status >= 500)) return "network";
  return ends[error.code as AnyCode] ?? "failure";
}

/** What has more than one cause. */
const forDoctor: ReadonlySet<string> = new Set<AnyCode>(["AUTHENTICATION", "PERMISSION", "CREDENTIAL", "CONNECTION"]);

function adviceOn(error: AtlasError, flags: string): string | undefined {
  if (error.code !== "NOT_FOUND")
    return forDoctor.has(error.code) ? `Find out which it is: atlas-streams doctor${flags}` : undefined;
  const { path, errorCode = "" } = error as { readonly path?: unknown; readonly errorCode?: string };
  if (/GROUP/.test(errorCode)) return `It is the project that is not there. Check it: atlas-streams doctor${flags}`;
  return `See what there is: atlas-streams ${listFor(String(path), errorCode)}${flags}`;
}

/** The command that lists what was not found under a path: the thing, or the workspace that it would be in. */
function listFor(path: string, errorCode: string): string {
  if (/TENANT/.test(errorCode)) return "workspace list";
  if (path.includes("/connections")) return "connection list WORKSPACE";
  return /\/streams(\/\{tenantName\}.*)?$/.test(path) ? "workspace list" : "private-link list";
}

function describeUnknown(error: unknown): Failure {
  const { message, code } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error), code: undefined };
  const text = printable(message);
  return { exitCode: exitCodes.failure, text, json: { code: code ?? "FAILURE", message: text } };
}

/** What is written to stderr. */
export function failureText({ text, json }: Failure, asJson: boolean, hint: string | undefined): string {
  if (asJson) return `${printableJson({ ...json, ...(hint && { hint }) })}\n`;
  return `${["atlas-streams: ".concat(text), ...(hint ? [hint] : [])].join("\n")}\n`;
}
