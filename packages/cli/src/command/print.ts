import type { Screen } from "../terminal/terminal.js";
import { printableJson } from "../terminal/text.js";
import type { Output } from "./new-command.js";

/** Prints a value as the service gave it, or as text for a person. */
export async function print(
  screen: Screen,
  output: Output,
  value: unknown,
  text: () => string | Promise<string>,
): Promise<void> {
  if (output === "json") screen.write(`${printableJson(value)}\n`);
  else if (output === "yaml") screen.write((await import("../libraries/yaml.js")).stringify(value));
  else screen.write(await text());
}
