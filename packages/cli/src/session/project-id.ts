import { createGroupStreamPrivateLinkConnection } from "@atlas-streams/types";
import { InvalidArgumentError } from "commander";

const { groupId: pattern } = createGroupStreamPrivateLinkConnection.pathParameters;

/** What an id of a project looks like, in words. */
export const projectIdForm = "24 hexadecimal digits, in lower case";

export function isProjectId(text: string): boolean {
  return pattern?.test(text) !== false;
}

/** Reads a flag. An empty one is of a variable that was not set: no other project may take its place. */
export function parseProjectId(text: string): string {
  if (!isProjectId(text)) throw new InvalidArgumentError(`It has to be ${projectIdForm}.`);
  return text;
}
