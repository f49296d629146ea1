import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type AnyAtlasError, createClient, type DeprecationEvent, isAtlasError } from "@atlas-streams/client";
import { listGroupStreamPrivateLinkConnections as listOperation } from "@atlas-streams/types";
import { exitCodes } from "../exit-codes.js";
import { describeFailure } from "../failure.js";
import { proxyAgentFor } from "../session/proxy.js";
import { credentialsOf } from "../session/session.js";
import type { World } from "../world.js";
import type { CheckedSettings } from "./check-settings.js";
import type { Finding } from "./finding.js";

/** An id that is no project's. */
const noProject = "000000000000000000000000";

/** Login, IP access list, project and role, version: one call tells all, by what it fails with. */
export async function* checkCall(world: World, settings: CheckedSettings): AsyncGenerator<Finding> {
  const { found, baseUrl, projectId } = settings;
  const agent = await proxyAgentFor(baseUrl, world.environment);
  // A token of its own: one that is kept would prove nothing.
  const auth = await credentialsOf(found.account, world, { cache: false });
  const atlas = createClient({ auth, baseUrl, agent });
  let deprecation: DeprecationEvent | undefined;
  const onDeprecation = (event: unknown) => {
    deprecation = event as DeprecationEvent;
  };
  subscribe("atlas-streams:deprecation", onDeprecation);
  try {
    const page = { groupId: projectId ?? noProject, itemsPerPage: 1 };
    await atlas.privateLinkConnections.listPage(page, { signal: world.interrupt.signal });
    yield* passed(["Login", "IP access list"]);
    yield {
      check: "Role",
      is: "right",
      detail: "it may read; creating and deleting need Project Stream Processing Manager, which only trying would show",
    };
    yield versionFinding(deprecation);
  } catch (error) {
    if (!isAtlasError(error)) throw error;
    yield* explain(error, settings);
  } finally {
    unsubscribe("atlas-streams:deprecation", onDeprecation);
    await atlas.close().catch(() => undefined); // a token that is not given back ends by itself
  }
}

function* passed(checks: readonly string[]): Generator<Finding> {
  for (const check of checks)
    yield { check, is: "right", detail: check === "Login" ? "accepted" : "this address is on it" };
}

function versionFinding(deprecation: DeprecationEvent | undefined): Finding {
  const version = /\d{4}-\d\d-\d\d/.exec(listOperation.accept)?.[0] ?? listOperation.accept;
  const check = "API version";
  if (!deprecation) return { check, is: "right", detail: `${version} is served` };
  const end = deprecation.sunset ? `ends on ${deprecation.sunset}` : "is deprecated";
  return { check, is: "unknown", detail: `${version} ${end}`, advice: "Look for a newer release of this command." };
}

function* explain(error: AnyAtlasError, { found, projectId }: CheckedSettings): Generator<Finding> {
  const { exitCode } = describeFailure(error);
  const wrong = { is: "wrong", exitCode } as const;
  const { kind } = found.account;
  const said = saidBy(error);
  if (error.code === "CREDENTIAL") {
    yield { check: "Login", ...wrong, detail: said, advice: adviceOnLogin(error.errorCode, exitCode, kind) };
  } else if (error.code === "PERMISSION" && /ACCESS_LIST|WHITELIST/.test(error.errorCode ?? "")) {
    yield* passed(["Login"]);
    yield {
      check: "IP access list",
      ...wrong,
      detail: said,
      advice: `This is the access list of the ${kind}: of the organization (Access Manager, Applications), or of the project where it was made there. It is not the project's Network Access list, which is for connections to clusters.`,
    };
  } else if (error.code === "AUTHENTICATION") {
    // A service account has logged in by its token; an API key logs in with each call, and its 401 may mean either.
    const mayBeRole =
      kind === "service account" || /^(NOT_IN_GROUP|USER_CANNOT_ACCESS_GROUP)$/.test(error.errorCode ?? "");
    if (mayBeRole) yield* passed(["Login"]);
    yield {
      check: mayBeRole ? "Role" : "Login",
      ...wrong,
      detail: said,
      advice: mayBeRole
        ? `Give the ${kind} the role Project Read Only in the project ${projectId ?? ""}, or Project Stream Processing Manager to change things; and check that the project is one of its organization.`
        : "The public or the private key is wrong, or the key was deleted, or it has no role in this project: see the organization's Access Manager.",
    };
  } else if (error.code === "PERMISSION") {
    yield* passed(["Login", "IP access list"]);
    yield {
      check: "Role",
      ...wrong,
      detail: said,
      advice: `Give the ${kind} the role Project Read Only in the project, or Project Stream Processing Manager to change things.`,
    };
  } else if (error.code === "NOT_FOUND") {
    yield* passed(["Login", "IP access list"]);
    if (projectId)
      yield {
        check: "Project",
        ...wrong,
        detail: said,
        advice: "Check its ID, and that it is in this account's organization.",
      };
    else yield versionFinding(undefined);
  } else if (error.code === "API" && error.status === 406) {
    yield* passed(["Login", "IP access list"]);
    yield { check: "API version", ...wrong, detail: said, advice: "Look for a newer release of this command." };
  } else yield { check: "Call", ...wrong, detail: said, advice: "Try again; --verbose shows each request." };
}

function saidBy(error: AnyAtlasError): string {
  const { detail, errorCode } = error as { readonly detail?: string; readonly errorCode?: string };
  if (!detail) return error.message;
  return errorCode ? `${detail} (${errorCode})` : detail;
}

function adviceOnLogin(errorCode: string | undefined, exitCode: number, kind: string): string {
  if (errorCode === "access_denied")
    return "The account has too many tokens that live, a hundred at most: give them back, share one (this command does so), or wait an hour.";
  if (errorCode === "RATE_LIMITED") return "Too many logins in a minute: share a token, as this command does, or wait.";
  if (exitCode === exitCodes.network)
    return "That is the service, or something between it and here, and says nothing of the credentials: try again in a while.";
  return kind === "API key"
    ? "The public or the private key is wrong."
    : "The client ID or the secret is wrong, or the secret has expired or was rotated: see Access Manager, Applications.";
}
