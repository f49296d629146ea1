// How to call an operation, as code that works as it stands: it reads its credentials from the environment.

import { description, examplesOf, isOAuth, mediaOf, success } from "./description.mjs";
import { methods } from "./methods.mjs";

/** @typedef {import("./description.mjs").Operation} Operation */

/** The client logs in and out by itself: with its first call, and when it is closed. */
const logins = {
  createToken: "// The first call fetches a token; the client keeps it, and renews it in time.",
  revokeToken: "// Closing the client, at the end, revokes its token.",
};

/** @param {Operation} operation */
export function typescript(operation) {
  const { id } = operation;
  const call = id in logins ? loginOf(/** @type {keyof typeof logins} */ (id)) : callOf(operation);
  return `import { createClient } from "@atlas-streams/client";

const atlas = createClient(); // credentials from the environment
${call}
await atlas.close();
`;
}

/** @param {keyof typeof logins} id */
function loginOf(id) {
  const groupId = description.components.parameters.groupId.example;
  return `${logins[id]}\nconst { results } = await atlas.privateLinkConnections.listPage({ groupId: "${groupId}" });\nconsole.log(results);`;
}

/** @param {Operation} operation */
function callOf(operation) {
  const { id, method, path } = operation;
  const name = methods[id];
  if (!name)
    return `const { data, error } = await atlas.raw.${method}("${path}", ${literal(rawArgument(operation))});\nconsole.log(data ?? error);`;
  const call = `atlas.${name}(${literal(argumentOf(operation))})`;
  if (name.endsWith(".list")) return `for await (const found of ${call}) {\n  console.log(found);\n}`;
  return mediaOf(success(operation))?.[1].schema
    ? `const answer = await ${call};\nconsole.log(answer);`
    : `await ${call};`;
}

/**
 * What the operation's method takes, filled with the description's examples.
 * @param {Operation} operation
 */
export function argumentOf(operation) {
  const body = bodyOf(operation);
  return { ...given(operation, "path"), ...given(operation, "query"), ...(body !== undefined && { body }) };
}

/** @param {Operation} operation */
function rawArgument(operation) {
  const [path, query, body] = [given(operation, "path"), given(operation, "query"), bodyOf(operation)];
  return { params: { path, ...(Object.keys(query).length > 0 && { query }) }, ...(body !== undefined && { body }) };
}

/** @param {Operation} operation */
export function curl(operation) {
  const { method, path, body } = operation;
  const query = new URLSearchParams(/** @type {Record<string, string>} */ (given(operation, "query")));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => String(given(operation, "path")[name]));
  const url = `"\${MONGODB_ATLAS_BASE_URL:-https://cloud.mongodb.com}${filled}${query.size > 0 ? `?${query}` : ""}"`;
  const [accept] = mediaOf(success(operation)) ?? [];
  const words = [
    ...(method === "GET" ? [] : [`--request ${method}`]),
    ...(isOAuth(operation)
      ? ['--user "$MONGODB_ATLAS_CLIENT_ID:$MONGODB_ATLAS_CLIENT_SECRET"']
      : ['--digest --user "$MONGODB_ATLAS_PUBLIC_KEY:$MONGODB_ATLAS_PRIVATE_KEY"']),
    ...(accept ? [`--header "Accept: ${accept}"`] : []),
    ...(body ? [`--header "Content-Type: ${body.type}"`, `--data '${dataOf(operation)}'`] : []),
    url,
  ];
  return `curl --fail-with-body \\\n  ${words.join(" \\\n  ")}\n`;
}

/** @param {Operation} operation */
function dataOf(operation) {
  const value = bodyOf(operation);
  return operation.body?.type.endsWith("json")
    ? JSON.stringify(value, null, 2)
    : String(new URLSearchParams(/** @type {Record<string, string>} */ (value)));
}

/** @param {Operation} operation */
function bodyOf({ body }) {
  return body && examplesOf(body.media)[0]?.[1].value;
}

/**
 * The examples of the parameters that have to be there. The connection is the one that the answer's example shows: with
 * another one the call may be refused.
 * @param {Operation} operation
 * @param {string} place
 * @returns {Record<string, unknown>}
 */
function given(operation, place) {
  const needed = operation.parameters.filter((parameter) => parameter.in === place && parameter.required);
  const shown = examplesOf(mediaOf(success(operation))?.[1] ?? {})[0]?.[1].value;
  const id = shown && typeof shown === "object" && "_id" in shown ? shown._id : undefined;
  return Object.fromEntries(needed.map(({ name, example }) => [name, name === "connectionId" && id ? id : example]));
}

/**
 * A value as a person would write it in TypeScript.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
function literal(value, indent = "") {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const lines = Object.entries(value).map(([name, inner]) => `${deeper}${keyOf(name)}: ${literal(inner, deeper)},\n`);
  return lines.length > 0 ? `{\n${lines.join("")}${indent}}` : "{}";
}

/** @param {string} name */
function keyOf(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
