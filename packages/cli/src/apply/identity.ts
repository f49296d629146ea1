import {
  defaultPrivateLinkConnection,
  identifyingPrivateLinkConnectionFields as identifyingFields,
} from "@atlas-streams/types";

/** A connection or a request for one, as far as they are compared. */
export type Fields = { readonly [field: string]: unknown };

/** Provider and vendor, in the service's own spelling. */
export function kindOf(fields: object): string {
  const { provider, vendor = defaultPrivateLinkConnection.vendor } = fields as Fields;
  return `${provider} ${vendor}`.toUpperCase();
}

/** The fields that tell connections of a kind apart; for a kind that nobody knows yet, all that are asked for. */
function tellingFields(wanted: object): string[] {
  const { [kindOf(wanted)]: known } = identifyingFields;
  const names = known ?? Object.keys(wanted).filter((name) => name !== "provider" && name !== "vendor");
  return names.filter((name) => name in wanted);
}

/** What two connections that are the same have in common. */
export function identityOf(wanted: object): string {
  const fields = tellingFields(wanted).map((name) => [name, plain(name, (wanted as Fields)[name])]);
  return JSON.stringify([kindOf(wanted), fields]);
}

/** Whether a connection is the one that is wanted; the service may not show what would tell. */
export function compare(wanted: object, connection: object): "same" | "other" | "not shown" {
  if (kindOf(wanted) !== kindOf(connection)) return "other";
  const names = tellingFields(wanted);
  const shown = names.filter((name) => name in connection);
  if (shown.some((name) => isDifferent(name, wanted, connection))) return "other";
  return shown.length === names.length ? "same" : "not shown";
}

/** The fields that the project has otherwise than the file; what the service does not show says nothing. */
export function differingFields(wanted: object, connection: object): string[] {
  return Object.keys(wanted).filter(
    (name) => name !== "provider" && name !== "vendor" && name in connection && isDifferent(name, wanted, connection),
  );
}

function isDifferent(name: string, wanted: object, connection: object): boolean {
  return plain(name, (wanted as Fields)[name]) !== plain(name, (connection as Fields)[name]);
}

/** A value to compare: the order in a list, the case and the last dot of a host name, and the spelling of a region say nothing. */
function plain(name: string, value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((each) => plain(name, each)).sort());
  if (typeof value !== "string") return JSON.stringify(value) ?? "";
  if (/^dns/.test(name)) return value.toLowerCase().replace(/\.$/, "");
  return name === "region" ? value.toLowerCase().replaceAll(/[-_]/g, "") : value;
}
