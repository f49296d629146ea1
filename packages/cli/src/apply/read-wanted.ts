import type { PrivateLinkConnectionRequest } from "@atlas-streams/client";
import { calledInput, parseDocuments, readInput } from "../command/read-input.js";
import { mistakesOf } from "../kinds/check.js";
import { isProjectId, projectIdForm } from "../session/project-id.js";
import { UsageError } from "../usage-error.js";
import { identityOf } from "./identity.js";

/** What a file wants of a project. */
export interface Wanted {
  readonly projectId: string | undefined;
  readonly connections: readonly PrivateLinkConnectionRequest[];
}

/** Reads the file: documents or lists of connections, or `projectId` and `connections`; refuses all that is wrong with it at once. */
export async function readWanted(file: string): Promise<Wanted> {
  const parsed = await parseDocuments(await readInput(file), file);
  // A file that something failed to write, or a pipe that broke, must not read as a project without connections.
  if (parsed.length === 0)
    throw new UsageError(`${calledInput(file)} holds nothing. To want no connections, say: connections: []`);
  const documents = parsed.flat();
  const projects = new Set<string>();
  const mistakes: string[] = [];
  const bodies = documents.flatMap((document): unknown[] => {
    if (!isWhole(document)) return [document];
    const { projectId, connections, ...others } = document;
    for (const name of Object.keys(others))
      mistakes.push(`${name} is no field of the file; there are projectId and connections.`);
    if (typeof projectId === "string" && !isProjectId(projectId))
      mistakes.push(`projectId has to be ${projectIdForm}.`);
    else if (typeof projectId === "string") projects.add(projectId);
    else if (projectId !== undefined) mistakes.push("projectId has to be text. Put it in quotes.");
    if (Array.isArray(connections)) return connections;
    mistakes.push("connections has to be a list.");
    return [];
  });
  if (projects.size > 1) mistakes.push("It names more than one project.");
  for (const [index, body] of bodies.entries())
    for (const mistake of mistakesOf(body)) mistakes.push(`connection ${index + 1}: ${mistake}`);
  if (mistakes.length === 0) mistakes.push(...twice(bodies as PrivateLinkConnectionRequest[]));
  if (mistakes.length > 0) throw new UsageError(`${calledInput(file)} is not right. Nothing was sent.`, mistakes);
  const [projectId] = projects;
  return { projectId, connections: bodies as PrivateLinkConnectionRequest[] };
}

function isWhole(document: unknown): document is { readonly [name: string]: unknown } {
  return typeof document === "object" && document !== null && "connections" in document;
}

function twice(bodies: readonly PrivateLinkConnectionRequest[]): string[] {
  const seen = new Map<string, number>();
  return bodies.flatMap((body, index) => {
    const identity = identityOf(body);
    const before = seen.get(identity);
    seen.set(identity, before ?? index);
    return before === undefined ? [] : [`connection ${index + 1} is the same as connection ${before + 1}.`];
  });
}
