import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../../compare/places.mjs";

const scripts = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  measure() {
    const words = ["--config", "scripts/knip.json", "--no-progress", "--reporter", "json"];
    const knip = `${scripts}node_modules/knip/bin/knip.js`;
    const { status, stdout, stderr } = spawnSync(process.execPath, [knip, ...words], { cwd: root, encoding: "utf8" });
    if (!stdout) throw new Error(stderr);
    const issues = JSON.parse(stdout).issues.map((/** @type {object} */ issue) => JSON.stringify(issue));
    return {
      what: "knip: files, exports and dependencies that nobody uses",
      figure: String(issues.length),
      limit: "none",
      holds: status === 0 && issues.length === 0,
      complaint: issues.join("\n"),
    };
  },
};
