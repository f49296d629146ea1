import type { Operation } from "@atlas-streams/types";
import { components, type Schema } from "../description.js";
import type { SessionOptions } from "../session/session.js";
import { readSettings } from "../session/settings.js";
import type { World } from "../world.js";
import type { Output } from "./new-command.js";
import { print } from "./print.js";

/** Prints what would be sent. It needs no account, and shows no secret. */
export async function printRequests(
  { environment, terminal: { out } }: World,
  { method, accept, contentType, path: template }: Operation,
  words: { readonly [parameter: string]: string },
  bodies: readonly object[],
  options: SessionOptions & { readonly output: Output },
): Promise<void> {
  const { projectId = "{groupId}" } = options.mock ? options : await readSettings(environment, options);
  const values: { readonly [parameter: string]: string } = { ...words, groupId: projectId };
  const path = template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const headers = { accept, "content-type": contentType };
  const requests = bodies.map((body) => ({ method, path, headers, body: withoutSecrets(body) }));
  await print(out, options.output, requests.length === 1 ? requests[0] : requests, () =>
    requests
      .map(
        ({ body }) =>
          `${method} ${path}\naccept: ${accept}\ncontent-type: ${contentType}\n\n${JSON.stringify(body, null, 2)}\n`,
      )
      .join("\n"),
  );
}

/** Fields that the service takes and never shows. */
const secretNames = new Set(
  Object.values(components.schemas as unknown as { readonly [name: string]: Schema }).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, { writeOnly, type }]) => (writeOnly && type === "string" ? [name] : [])),
  ),
);

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, secretNames.has(name) ? "…" : withoutSecrets(inner)]),
  );
}
