import type { Description, Schema } from "../description/description.js";
import { isObject, resolver } from "../description/references.js";

/** What holds values, and no schemas. */
const values: ReadonlySet<string> = new Set(["example", "examples", "default"]);

/**
 * A copy in which each property that only refers to a schema says what that schema is: an editor shows the comment of
 * the property, and follows no reference for it.
 */
export function explainReferences(description: Description): Description {
  const find = resolver(description);

  function explained(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(explained);
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([key, value]) => {
      if (values.has(key)) return [key, value];
      return [key, explained(key === "properties" ? withWords(value) : value)];
    });
    return Object.fromEntries(entries);
  }

  function withWords(properties: unknown): unknown {
    if (!isObject(properties)) return properties;
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, wordsOf(schema)]));
  }

  function wordsOf(schema: unknown): unknown {
    if (!isObject(schema) || typeof schema.$ref !== "string") return schema;
    const { description: words } = find<Schema>(schema);
    return { ...(words !== undefined && { description: words }), ...schema };
  }

  return explained(description) as Description; // the same, save what properties say of themselves
}
