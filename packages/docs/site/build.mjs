// Builds the site into dist/.
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { writePages } from "./pages.mjs";

export async function buildSite() {
  await writePages();
  await build(fileURLToPath(new URL(".", import.meta.url)));
}
