import { targetOf } from "../resources/private-link.js";
import { type Column, table } from "../terminal/table.js";
import type { Screen } from "../terminal/terminal.js";
import type { Plan, Step } from "./plan.js";

type Format = Parameters<Screen["paint"]>[0];

const looks: { readonly [action in Step["action"]]: { readonly mark: string; readonly format: Format } } = {
  make: { mark: "+", format: "green" },
  "set domain": { mark: "~", format: "green" },
  "as it is": { mark: "=", format: "dim" },
  differs: { mark: "!", format: "yellow" },
  failed: { mark: "✗", format: "red" },
  "being removed": { mark: "…", format: "magenta" },
  "not in the file": { mark: "?", format: "cyan" },
};

/** The plan as a table, and a line that sums it up. */
export function planText(plan: Plan, screen: Screen, prune: boolean): string {
  const labelOf = ({ action }: Step) =>
    action === "not in the file" && prune ? "- delete" : `${looks[action].mark} ${action}`;
  const columns: Column<Step>[] = [
    {
      title: "PLAN",
      value: labelOf,
      paint: (text, { action }) =>
        screen.paint(action === "not in the file" && prune ? "red" : looks[action].format, text),
      isWhole: true,
    },
    { title: "KIND", value: ({ kind }) => kind, dropOrder: 2 },
    { title: "ID", value: ({ connection }) => connection?._id, isWhole: true },
    { title: "STATE", value: ({ connection }) => connection?.state, dropOrder: 4 },
    {
      title: "TARGET",
      value: ({ wanted, connection }) => targetOf((wanted ?? connection ?? {}) as never),
      dropOrder: 3,
    },
    { title: "WHY", value: ({ why }) => why, dropOrder: 1 },
  ];
  if (plan.length === 0) return "The file and the project are empty.\n";
  const counts = new Map<string, number>();
  for (const step of plan) {
    const label = labelOf(step).slice(2);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const sum = Array.from(counts, ([label, count]) => `${count} ${label}`).join(", ");
  return `${table(plan, columns, screen.width, (text) => screen.paint("bold", text))}${sum}.\n`;
}
