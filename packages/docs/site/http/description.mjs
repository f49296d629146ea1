// The bundled description, read.
import { createRequire } from "node:module";

/**
 * @typedef {{ description?: string, summary?: string, value: unknown }} Example
 * @typedef {{ schema?: Schema, examples?: Record<string, unknown> }} Media
 * @typedef {{ type?: string | string[], description?: string, properties?: Record<string, unknown>, required?: string[], items?: unknown, oneOf?: unknown[], anyOf?: unknown[], const?: unknown, pattern?: string, format?: string, default?: unknown, minimum?: number, maximum?: number, readOnly?: boolean, example?: unknown, $ref?: string, "x-extensible-enum"?: string[], "x-state-meaning"?: Record<string, string> }} Schema
 * @typedef {{ name: string, in: string, required?: boolean, description?: string, schema: Schema, example?: unknown }} Parameter
 * @typedef {{ description: string, headers?: Record<string, unknown>, content?: Record<string, Media> }} Answer
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method in upper case
 * @property {string} path
 * @property {string} tag
 * @property {string} summary
 * @property {string} description
 * @property {Parameter[]} parameters
 * @property {{ type: string, media: Media } | undefined} body
 * @property {[string, Answer][]} answers by status
 */

/** @type {any} */ // JSON that has been linted; what is read of it is typed above
export const description = createRequire(import.meta.url)("@atlas-streams/spec/openapi.json");

const methods = ["get", "post", "put", "patch", "delete"];

/**
 * What a reference stands for; anything else is itself.
 * @param {any} node
 * @returns {any}
 */
export function find(node) {
  if (!node?.$ref) return node;
  const steps = node.$ref.slice(2).split("/");
  return find(steps.reduce((/** @type {any} */ at, /** @type {string} */ step) => at[step], description));
}

/** @type {Operation[]} */
export const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  methods.filter((method) => item[method]).map((method) => operationOf(path, method, item)),
);

/**
 * @param {string} path
 * @param {string} method
 * @param {any} item
 * @returns {Operation}
 */
function operationOf(path, method, item) {
  const { operationId: id, summary, description, tags, parameters = [], requestBody, responses } = item[method];
  const [body] = Object.entries(find(requestBody)?.content ?? {});
  return {
    id,
    method: method.toUpperCase(),
    path,
    tag: tags[0],
    summary,
    description,
    parameters: [...(item.parameters ?? []), ...parameters].map(find),
    body: body && { type: body[0], media: body[1] },
    answers: Object.entries(responses).map(([status, answer]) => [status, find(answer)]),
  };
}

/** @param {Operation} operation */
export function success({ id, answers }) {
  const found = answers.find(([status]) => status.startsWith("2"));
  if (!found) throw new Error(`${id} describes no successful answer.`);
  return found[1];
}

/**
 * The media type of an answer or a body, and what is in it.
 * @param {Answer} answer
 * @returns {[string, Media] | undefined}
 */
export function mediaOf({ content }) {
  return Object.entries(content ?? {})[0];
}

/**
 * @param {Media} media
 * @returns {[string, Example][]}
 */
export function examplesOf({ examples = {} }) {
  return Object.entries(examples).map(([name, example]) => [name, find(example)]);
}

/** @param {any} node */
export function nameOf(node) {
  return (
    String(node?.$ref ?? "")
      .split("/")
      .at(-1) ?? ""
  );
}

/** @param {Operation} operation */
export function isOAuth({ path }) {
  return isOAuthPath(path);
}

/** @param {string} path */
export function isOAuthPath(path) {
  return path.startsWith("/api/oauth/");
}
