import { nearest } from "../check/nearest.js";
import { complaintsAbout } from "../check/schema.js";
import { findKind, type Kind, kinds } from "./kinds.js";

/** What the service would refuse, before it is sent: each mistake with its field and what to do about it. */
export function mistakesOf(body: unknown): string[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return ["It is no object with fields."];
  const { provider, vendor } = body as { readonly provider?: unknown; readonly vendor?: unknown };
  if (provider === undefined) return [`provider is missing. It is one of ${providers().join(", ")}.`];
  for (const [name, value] of Object.entries({ provider, vendor }))
    if (value !== undefined && typeof value !== "string") return [`${name} has to be text.`];
  const kind = findKind({ provider, vendor });
  if (kind) return complaintsAbout({ ...body, ...kind.constants }, kind.schemaName, `${kind.provider} ${kind.vendor}`);
  const ofProvider = kinds.filter((each) => each.provider === String(provider).toUpperCase());
  // A kind that is newer than this command: the service is the judge.
  if (vendor !== undefined) return typoOf(String(provider), String(vendor), ofProvider);
  return [
    `vendor is missing. At ${String(provider)} it is one of ${(ofProvider.length > 0 ? ofProvider : kinds).map((each) => each.vendor).join(", ")}.`,
  ];
}

function providers(): string[] {
  return [...new Set(kinds.map((kind) => kind.provider))];
}

/** A vendor that is known at another provider, or nearly a known one, is a mistake. */
function typoOf(provider: string, vendor: string, ofProvider: readonly Kind[]): string[] {
  const elsewhere = kinds.filter((each) => each.vendor === vendor.toUpperCase()).map((each) => each.provider);
  if (elsewhere.length > 0) return [`vendor ${vendor} is one at ${elsewhere.join(" and ")}, not at ${provider}.`];
  const near = nearest(
    vendor.toUpperCase(),
    (ofProvider.length > 0 ? ofProvider : kinds).map((each) => each.vendor),
  );
  if (near) return [`vendor ${vendor} is unknown. Is it ${near}?`];
  const nearProvider = ofProvider.length === 0 ? nearest(provider.toUpperCase(), providers()) : undefined;
  return nearProvider ? [`provider ${provider} is unknown. Is it ${nearProvider}?`] : [];
}
