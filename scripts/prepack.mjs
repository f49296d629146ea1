// Before a package is packed or published: builds it from nothing, so that what is packed is what is in src/.
//   node ../../scripts/prepack.mjs          as the prepack of each package that is published
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { root } from "./compare/places.mjs";

const { name } = JSON.parse(readFileSync("package.json", "utf8"));
const packer = basename(process.env.npm_execpath ?? "");

if (packer.startsWith("pnpm")) build();
else {
  // npm leaves `workspace:^` as it is, and such a package cannot be installed.
  console.error(`${name} is packed by pnpm and by nothing else: npx --yes pnpm@10.34.8 pack`);
  process.exitCode = 1;
}

function build() {
  rmSync("dist", { recursive: true, force: true });
  const words = ["scripts/turbo.mjs", "--quiet", "run", "bundle", "generate", "build", `--filter=${name}`];
  const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const { status } = spawnSync(process.execPath, words, {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", 2, 2], // what a command that packs prints may be read by another
  });
  process.exitCode = status ?? 1;
}
