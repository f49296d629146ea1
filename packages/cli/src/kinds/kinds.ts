import { resolve, type Schema, schemaOf } from "../description.js";

/** A field of a request for one kind of connection. */
export interface KindField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  readonly description: string;
  readonly example: unknown;
  readonly choices: readonly string[];
}

/** One kind of connection: what provider and vendor fix. */
export interface Kind {
  /** The word on the command line, such as `aws-msk`, and a shorter one, where that says as much. */
  readonly command: string;
  readonly alias: string | undefined;
  readonly provider: string;
  readonly vendor: string;
  readonly description: string;
  /** What is sent for provider and vendor: a vendor that the service fills in is left out. */
  readonly constants: { readonly [field: string]: string };
  readonly fields: readonly KindField[];
  readonly schemaName: string;
}

/** Every kind that the description lists; a newer one is for a file. */
export const kinds: readonly Kind[] = kindsOf(schemaOf("PrivateLinkConnectionRequest"));

function kindsOf({ oneOf = [] }: Schema): Kind[] {
  const found = oneOf.flatMap((reference) => {
    const kind = kindOf(reference);
    return kind ? [kind] : [];
  });
  return found.map((kind) => {
    const isAlone = found.filter(({ vendor }) => vendor === kind.vendor).length === 1;
    const alias = wordOf(kind.vendor);
    return { ...kind, alias: isAlone && !kind.command.startsWith(alias) ? alias : undefined };
  });
}

function kindOf(reference: Schema): Omit<Kind, "alias"> | undefined {
  const { properties = {}, required = [], description = "" } = resolve(reference);
  const { provider, vendor } = properties;
  if (provider?.const === undefined || vendor?.const === undefined) return undefined;
  const names = Object.keys(properties).filter((name) => properties[name]?.const === undefined);
  return {
    command: wordOf(`${vendor.const.startsWith(provider.const) ? "" : `${provider.const}_`}${vendor.const}`),
    provider: provider.const,
    vendor: vendor.const,
    description,
    constants: { provider: provider.const, ...(vendor.default === undefined && { vendor: vendor.const }) },
    fields: names.map((name) => fieldOf(name, resolve(properties[name] ?? {}), required.includes(name))),
    schemaName: reference.$ref?.split("/").at(-1) ?? "",
  };
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): KindField {
  const { type, description = "", example, "x-extensible-enum": choices = [] } = schema;
  return { name, isRequired, isList: type === "array", description: description.trim(), example, choices };
}

function wordOf(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

/** The kind of a connection or a request; the service takes provider and vendor in any case, and fills in a vendor that is left out. */
export function findKind({ provider, vendor = "GENERIC" }: { provider?: unknown; vendor?: unknown }): Kind | undefined {
  const upper = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : undefined);
  return kinds.find((kind) => kind.provider === upper(provider) && kind.vendor === upper(vendor));
}
