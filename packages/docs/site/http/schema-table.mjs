// Schemas as tables: what a field is, which values are known, and that others may come.
import { table } from "../markdown.mjs";
import { find, nameOf } from "./description.mjs";

/** @typedef {import("./description.mjs").Schema} Schema */

/** @param {string} name */
export function schemaLink(name) {
  return `[\`${name}\`](/http/schemas#${name.toLowerCase()})`;
}

/**
 * What a schema says, in Markdown.
 * @param {Schema} schema
 */
export function schemaText(schema) {
  const parts = [markUnverified(schema.description ?? "")];
  const known = schema["x-extensible-enum"];
  if (known)
    parts.push(`**Open.** Known today: ${known.map((value) => `\`${value}\``).join(", ")}; any other is valid, too.`);
  if (schema["x-state-meaning"])
    parts.push("**Open.** What each state means to somebody who waits: [states](/states).");
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) parts.push(`One of: ${variants.map((variant) => schemaLink(nameOf(variant))).join(", ")}.`);
  if (schema.properties) parts.push(propertyTable(schema));
  return parts.filter(Boolean).join("\n\n");
}

/** @param {Schema} schema */
function propertyTable({ properties = {}, required = [] }) {
  const rows = Object.entries(properties).map(([name, node]) => {
    const schema = /** @type {Schema} */ (find(node));
    return [
      `\`${name}\`${required.includes(name) ? " *" : ""}`,
      typeText(node),
      inline(`${firstParagraph(schema.description)}${limits(schema)}`),
    ];
  });
  return `${table(["field", "type", ""], rows)}\n\n\\* is always there.`;
}

/**
 * @param {unknown} node
 * @returns {string}
 */
export function typeText(node) {
  const name = nameOf(node);
  const schema = /** @type {Schema} */ (find(node));
  if (name) return schemaLink(name);
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return variants.map(typeText).join(" or ");
  if (schema.items) return `list of ${typeText(schema.items)}`;
  return [schema.type ?? "anything"].flat().join(" or ");
}

/** @param {Schema} schema */
export function limits({ pattern, minimum, maximum, default: standard, "x-extensible-enum": known }) {
  const said = [
    ...(minimum !== undefined || maximum !== undefined ? [`From ${minimum ?? "any"} to ${maximum ?? "any"}.`] : []),
    ...(standard !== undefined ? [`\`${JSON.stringify(standard)}\` where left out.`] : []),
    ...(pattern ? [`Pattern \`${pattern}\`.`] : []),
    ...(known ? [`**Open.** Known today: ${known.map((value) => `\`${value}\``).join(", ")}.`] : []),
  ];
  return said.map((sentence) => ` ${sentence}`).join("");
}

/** @param {string} [text] */
function firstParagraph(text = "") {
  return text.split("\n\n")[0] ?? "";
}

/** @param {string} text */
export function inline(text) {
  return markUnverified(text.trim().replaceAll(/\n+/g, " "));
}

/**
 * What nobody has seen stands out.
 * @param {string} text
 */
export function markUnverified(text) {
  return text.replaceAll(
    /\*?\b(unverified)\b\*?/gi,
    '<mark title="Seen in no recording and in no official client">$1</mark>',
  );
}
