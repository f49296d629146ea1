// The kinds of a flat schema, read from the description: what exists on a connection of one provider and vendor, and
// what identifies it. A schema with `x-kinds: REQUEST` has one kind for each branch of REQUEST that is identified.

/** @returns {{ code: string, types: string }} */
export function describeKinds(description) {
  const find = (node) => (node?.$ref ? description.components.schemas[node.$ref.split("/").at(-1)] : node);
  const described = Object.entries(description.components.schemas)
    .filter(([, schema]) => schema["x-kinds"])
    .map(([name, schema]) =>
      describeSchema(name, schema, find(description.components.schemas[schema["x-kinds"]]), find),
    );
  return { code: described.map(({ code }) => code).join(""), types: described.map(({ types }) => types).join("") };
}

function describeSchema(name, schema, request, find) {
  const given = Object.keys(schema.properties).filter((field) => find(schema.properties[field]).readOnly);
  const kinds = request.oneOf
    .map(find)
    .filter((branch) => branch["x-identified-by"])
    .map((branch) => {
      const constants = Object.entries(branch.properties).filter(([, { const: value }]) => value !== undefined);
      const names = [...Object.keys(branch.properties), ...(branch["x-assigned"] ?? []), ...given];
      const fields = [...new Set(names)].filter((field) => !constants.some(([constant]) => constant === field));
      return { constants, fields, identifiedBy: branch["x-identified-by"] };
    });
  const table = kinds.map(({ constants, identifiedBy }) => [
    constants.map(([, { const: value }]) => value).join(" "),
    identifiedBy,
  ]);
  const types = kinds.map(({ constants, fields }) => {
    const literals = constants.map(([field, { const: value }]) => `${field}: ${JSON.stringify(value)}`).join("; ");
    return `  | (Pick<${name}, ${fields.map((field) => JSON.stringify(field)).join(" | ")}> & { ${literals} })`;
  });
  const properties = request.oneOf.map(find).flatMap((branch) => Object.entries(branch.properties));
  const defaults = properties
    .filter(([, schema]) => "default" in schema)
    .map(([field, schema]) => [field, schema.default]);
  return {
    code: `export const identifying${name}Fields = ${JSON.stringify(Object.fromEntries(table))};
export const default${name} = ${JSON.stringify(Object.fromEntries(defaults))};
`,
    types: `import type { ${name} } from "./openapi.js";
/** A ${name} of each known kind, with the fields that exist there; any may be absent. */
export type ${name}Kind =
${types.join("\n")};
/** Which fields identify a ${name}, by the values that its kind fixes. */
export declare const identifying${name}Fields: { readonly [kind: string]: readonly string[] };
/** What the service fills in where a ${name} is made without it. */
export declare const default${name}: { ${defaults.map(([field, value]) => `readonly ${field}: ${JSON.stringify(value)}`).join("; ")} };
`,
  };
}
