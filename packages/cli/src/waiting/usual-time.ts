import type { PrivateLinkConnection } from "@atlas-streams/client";
import { schemaOf } from "../description.js";
import { findKind } from "../kinds/kinds.js";

/** How long connections of this kind usually take, where the description has it from somebody who waited. */
export function usualTime(connection: PrivateLinkConnection): string | undefined {
  const kind = findKind(connection);
  const usual = kind && schemaOf(kind.schemaName)["x-usual-minutes"];
  return usual && `${kind.vendor} usually takes ${usual.join(" to ")} min`;
}
