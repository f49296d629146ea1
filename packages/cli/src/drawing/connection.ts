import type { PrivateLinkConnection } from "@atlas-streams/client";
import type { DrawingPlace } from "../resources/resource.js";
import type { Screen } from "../terminal/terminal.js";
import { printable, proseFor } from "../terminal/text.js";
import { adviceOn } from "./advice.js";
import { type Box, drawChain } from "./chain.js";
import { meaningOf, paintState, stateWords } from "./state.js";

/** A connection as a person would draw it: the project, the endpoint, the service, the cluster, and what is wrong. */
export function drawConnection(connection: PrivateLinkConnection, { groupId, screen, flags }: DrawingPlace): string {
  const { _id, state, errorMessage } = connection;
  const shownState = paintState(screen, state, `${screen.isTerminal ? "● " : ""}${printable(state ?? "no state yet")}`);
  const name = screen.paint("bold", `Private Link connection ${printable(_id)}`);
  const title = `${name}${screen.width < 80 ? "\n" : "  "}${shownState}, ${stateWords(state)}`;
  const boxes = boxesOf(connection, groupId);
  const picture = screen.isTerminal ? drawChain(boxes, screen, arrowOf(connection)) : listBoxes(boxes);
  const wrong =
    errorMessage === undefined ? [] : [`${screen.paint("red", "Why it failed:")} ${printable(errorMessage)}`];
  const prose = [...wrong, ...adviceOn(connection, flags)].map((text) => proseFor(screen, text));
  return `${[title, "", picture, ...prose].join("\n")}\n`;
}

/** Fields that a box or the title shows; all others are shown as they are, for the service may have new ones. */
const shownElsewhere = new Set(["_id", "provider", "vendor", "state", "errorMessage", "links"]);

function boxesOf(connection: PrivateLinkConnection, groupId: string): Box[] {
  const { provider, vendor, state } = connection;
  const isPending = meaningOf(state) === "pending";
  const fields = new Map(Object.entries(connection).filter(([name]) => !shownElsewhere.has(name)));
  const take = (...names: readonly string[]): [string, string][] =>
    names.flatMap((name) => {
      const value = fields.get(name);
      fields.delete(name);
      const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
      return values.map((each): [string, string] => [name, printable(each)]);
    });
  const endpoint = take("interfaceEndpointId", "interfaceEndpointName", "providerAccountId", "gcpConnectionIds");
  const service = take("serviceEndpointId", "azureResourceIds", "gcpServiceAttachmentUris");
  const cluster = take("arn", "region", "dnsDomain", "dnsSubDomain", "authenticationScheme");
  return [
    { title: "Atlas project", lines: [["", groupId]] },
    {
      title: "Interface endpoint",
      lines: endpoint,
      missing: isPending ? "not made yet" : "the service shows none",
    },
    { title: "Endpoint service", lines: service, missing: isPending ? "not known yet" : "the service shows none" },
    {
      title: [provider, vendor].map((word) => printable(word ?? "")).join(" "),
      lines: [...cluster, ...take(...fields.keys())],
      missing: "the service shows nothing of it",
    },
  ];
}

function arrowOf({ state }: PrivateLinkConnection) {
  const meaning = meaningOf(state);
  const style = meaning === "ready" ? "whole" : meaning === "failed" ? "broken" : "dashed";
  return { style, paint: (screen: Screen, text: string) => paintState(screen, state, text) } as const;
}

function listBoxes(boxes: readonly Box[]): string {
  return boxes
    .map(({ title, lines, missing }) =>
      [
        `${title}:`,
        ...(lines.length > 0 ? lines.map(([name, value]) => `  ${name ? `${name}: ` : ""}${value}`) : [`  ${missing}`]),
      ].join("\n"),
    )
    .join("\n")
    .concat("\n");
}
