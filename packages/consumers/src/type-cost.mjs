import { fileURLToPath } from "node:url";
import ts from "typescript-5.9";
import { compilerOptions } from "./editor/open-file.mjs";

const program = fileURLToPath(new URL("programs/uses-all.ts", import.meta.url));

/** What it was when somebody looked last; and how much more it may be until somebody looks again. */
export const knownInstantiations = 204_932;
export const mostInstantiations = Math.floor(knownInstantiations * 1.1);
/** Types that cost far less have become `any` somewhere; or they are better, and the limit has to come down. */
export const leastInstantiations = Math.floor(knownInstantiations * 0.7);

/** How much work our types are to a compiler: how many types it makes of generic ones for one consumer's file. No clock is in it. */
export function instantiationsOfConsumer() {
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, ".");
  const checked = ts.createProgram([program], options);
  const [complaint] = ts.getPreEmitDiagnostics(checked);
  if (complaint) throw new Error(ts.flattenDiagnosticMessageText(complaint.messageText, " "));
  return checked.getInstantiationCount();
}
