import { isConnectionOf, type PrivateLinkConnection } from "@atlas-streams/client";
import { printable } from "../terminal/text.js";
import { meaningOf } from "./state.js";

/** What a person may do next about a connection as it is, with the flags that lead to it. */
export function adviceOn(connection: PrivateLinkConnection, flags: string): string[] {
  const { state, dnsDomain } = connection;
  const id = printable(connection._id);
  switch (meaningOf(state)) {
    case "ready":
      return [];
    case "failed":
      return [
        `It stays so. Mend the cause, delete it, and create it again: atlas-streams private-link delete ${id} --wait${flags}`,
      ];
    case "deleting":
      return [`Wait until it is gone: atlas-streams private-link wait ${id} --for deleted${flags}`];
    case "deleted":
      return [];
    default:
      return !dnsDomain && isConnectionOf(connection, "AWS", "CONFLUENT")
        ? [
            `It has no dnsDomain. One to an Enterprise cluster stays pending until it is set: atlas-streams private-link update ${id} --dnsDomain NAME${flags}`,
          ]
        : [`Wait for it: atlas-streams private-link wait ${id}${flags}`];
  }
}
