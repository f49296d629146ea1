import { statSync } from "node:fs";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Environment } from "@atlas-streams/client";
import { UsageError } from "../usage-error.js";

/** What a profile may say. */
export const profileKeys = ["clientId", "clientSecret", "publicKey", "privateKey", "projectId", "baseUrl"] as const;

export type Profile = { readonly [key in (typeof profileKeys)[number]]?: string | undefined };

export type Profiles = ReadonlyMap<string, Profile>;

/** Where the profiles are. */
export function configFile(environment: Environment): string {
  const { XDG_CONFIG_HOME, APPDATA } = environment;
  const base = XDG_CONFIG_HOME || (process.platform === "win32" && APPDATA) || join(homedir(), ".config");
  return join(base, "atlas-streams", "config.yaml");
}

/**
 * The profiles of the file; none where there is no file.
 *
 * @throws `UsageError` where others can read it, or it is not what it should be: never with what it holds
 */
export async function readProfiles(file: string): Promise<Profiles> {
  if (!isThere(file)) return new Map();
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code}).`);
  });
  const { parseDocument } = await import("../libraries/yaml.js");
  const document = parseDocument(text, { prettyErrors: false });
  const [mistake] = document.errors;
  if (mistake) throw new UsageError(`${file} is no YAML: ${mistake.code} at line ${lineOf(text, mistake.pos[0])}.`);
  return checked(document.toJS() as unknown, file);
}

function isThere(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return false;
  if (process.platform !== "win32" && found.mode & 0o077)
    throw new UsageError(
      `${file} holds secrets, and others can read it (mode ${(found.mode & 0o777).toString(8)}). Make it yours alone: chmod 600 ${file}`,
    );
  return true;
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function checked(content: unknown, file: string): Profiles {
  const profiles = isRecord(content) ? content.profiles : undefined;
  if (content === null || content === undefined) return new Map();
  if (!isRecord(profiles)) throw new UsageError(`${file} has no profiles. It begins with "profiles:".`);
  return new Map(
    Object.entries(profiles).map(([name, profile]) => {
      if (!isRecord(profile)) throw new UsageError(`${file}: the profile ${name} has no fields.`);
      for (const [key, value] of Object.entries(profile)) {
        if (!profileKeys.some((known) => known === key))
          throw new UsageError(`${file}: the profile ${name} has a field ${key}; there are ${profileKeys.join(", ")}.`);
        if (typeof value !== "string")
          throw new UsageError(`${file}: ${key} of the profile ${name} is no text. Put it in quotes.`);
      }
      return [name, profile as Profile];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes the file anew, for its owner's eyes alone, or leaves it as it was. */
export async function writeProfiles(file: string, profiles: Profiles): Promise<void> {
  const { stringify } = await import("../libraries/yaml.js");
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, stringify({ profiles: Object.fromEntries(profiles) }), { mode: 0o600, flag: "wx" });
  await rename(draft, file);
}
