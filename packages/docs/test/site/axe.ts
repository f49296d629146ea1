import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The matrix has thousands of cases, alike but for their words: axe looks at the first of each list, and at each that was not run. */
const alike = ".cases li:nth-child(n + 4):not(:has(.not-run))";

/** What axe calls serious or critical on a page as it stands, of which {@link alike} is taken out. */
export async function axeFaults(page: Page): Promise<string[]> {
  const options: RunOptions = { resultTypes: ["violations"] };
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  await page.evaluate(`document.querySelectorAll("${alike}").forEach((item) => item.remove())`);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 120))
          .join(" ")}`,
    );
}
