// Makes the twenty calls, and writes down what differs, where the one who started this looks for it.
import { writeFile } from "node:fs/promises";
import { complaintsOf } from "./twenty-calls.mjs";

export async function report(options) {
  const complaints = await complaintsOf(options);
  await writeFile(process.env.TWENTY_REPORT, JSON.stringify(complaints));
  return complaints;
}
