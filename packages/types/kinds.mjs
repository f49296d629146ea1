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
  const [code] = Object.values(description.components.responses).flatMap(
    (response) => response["x-already-exists"] ?? [],
  );
  return {
    code: `${described.map(({ code }) => code).join("")}export const alreadyExistsErrorCode = ${JSON.stringify(code)};\n`,
    types: `${comparison}${described.map(({ types }) => types).join("")}${alreadyExists(code)}`,
  };
}

const alreadyExists = (code) => `/** The \`errorCode\` that says: there is one with the same far end already. */
export declare const alreadyExistsErrorCode: ${JSON.stringify(code)};
`;

const comparison = `/** How two spellings of one value are found to mean the same. */
export interface Comparison {
  /** Upper and lower case are the same. */
  readonly ignoreCase?: boolean;
  /** A pattern; whatever of a value it matches does not count. */
  readonly ignore?: string;
}
`;

/** How a field's values are compared, or those that it lists. */
function comparisonOf(schema, find) {
  return schema["x-compared-as"] ?? (schema.items && find(schema.items)["x-compared-as"]);
}

/** `AwsMskPrivateLinkConnection`, after the request that makes it, `AwsMskRequest`. */
function nameOf({ $ref }, schema) {
  return `${$ref
    .split("/")
    .at(-1)
    .replace(/Request$/, "")}${schema}`;
}

/** One kind by its name, with what its request says of itself and of what it fixes. */
function typeOf({ name, words, constants, fields }, schema) {
  const literals = constants.map(
    ([field, { const: value, description }]) => `  /** ${description} */\n  ${field}: ${JSON.stringify(value)};\n`,
  );
  const picked = fields.map((field) => JSON.stringify(field)).join(" | ");
  const comment = words.trim().replaceAll("\n", "\n * ");
  return `/** ${comment} */\nexport type ${name} = {\n${literals.join("")}} & Pick<${schema}, ${picked}>;\n`;
}

function describeSchema(name, schema, request, find) {
  const given = Object.keys(schema.properties).filter((field) => find(schema.properties[field]).readOnly);
  const kinds = request.oneOf
    .map((reference) => ({ name: nameOf(reference, name), branch: find(reference) }))
    .filter(({ branch }) => branch["x-identified-by"])
    .map(({ name, branch }) => {
      const constants = Object.entries(branch.properties).filter(([, { const: value }]) => value !== undefined);
      const names = [...Object.keys(branch.properties), ...(branch["x-assigned"] ?? []), ...given];
      const fields = [...new Set(names)].filter((field) => !constants.some(([constant]) => constant === field));
      const kind = constants.map(([, { const: value }]) => value).join(" ");
      const comparisons = branch["x-identified-by"].flatMap((field) => {
        const compared = comparisonOf(find(branch.properties[field]), find);
        return compared ? [[field, compared]] : [];
      });
      const { description: words, "x-identified-by": identifiedBy } = branch;
      return { name, words, kind, constants, fields, identifiedBy, comparisons };
    });
  const table = kinds.map(({ kind, identifiedBy }) => [kind, identifiedBy]);
  const compared = kinds.flatMap(({ kind, comparisons }) =>
    comparisons.length > 0 ? [[kind, Object.fromEntries(comparisons)]] : [],
  );
  const types = kinds.map((kind) => typeOf(kind, name));
  const properties = request.oneOf.map(find).flatMap((branch) => Object.entries(branch.properties));
  const defaults = properties
    .filter(([, schema]) => "default" in schema)
    .map(([field, schema]) => [field, schema.default]);
  return {
    code: `export const identifying${name}Fields = ${JSON.stringify(Object.fromEntries(table))};
export const compared${name}Fields = ${JSON.stringify(Object.fromEntries(compared))};
export const default${name} = ${JSON.stringify(Object.fromEntries(defaults))};
`,
    types: `import type { ${name} } from "./openapi.js";
${types.join("")}/** A ${name} of each known kind, with the fields that exist there; any may be absent. */
export type ${name}Kind =
${kinds.map(({ name }) => `  | ${name}`).join("\n")};
/** Which fields identify a ${name}, by the values that its kind fixes. */
export declare const identifying${name}Fields: { readonly [kind: string]: readonly string[] };
/** How two values of an identifying field are compared, by kind and field; to the letter, where nothing is said. */
export declare const compared${name}Fields: { readonly [kind: string]: { readonly [field: string]: Comparison } };
/** What the service fills in where a ${name} is made without it. */
export declare const default${name}: { ${defaults.map(([field, value]) => `readonly ${field}: ${JSON.stringify(value)}`).join("; ")} };
`,
  };
}
