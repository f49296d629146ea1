import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { mustRun } from "../run.mjs";

const require = createRequire(import.meta.url);

/**
 * A registry on this machine, which has our packages and gets all others from the registry that npm is set up with.
 * @param {string} folder
 */
export async function startRegistry(folder) {
  const uplink = (await mustRun("npm", ["config", "get", "registry"], { cwd: folder })).trim();
  const everybody = { access: "$all", publish: "$all", unpublish: "$all" };
  const config = {
    storage: join(folder, "storage"),
    self_path: folder,
    auth: { htpasswd: { file: join(folder, "htpasswd") } },
    uplinks: { npm: { url: uplink, cache: true, timeout: "60s", maxage: "60m" } },
    packages: { "@atlas-streams/*": everybody, "**": { access: "$all", proxy: "npm" } },
    log: { type: "file", path: join(folder, "verdaccio.log"), level: "warn" },
    max_body_size: "50mb",
  };
  const { runServer } = require("verdaccio");
  const server = await runServer(config);
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", () => resolve(undefined)));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const npmrc = join(folder, "npmrc");
  await writeFile(npmrc, `registry=${url}\n${url.replace("http:", "")}:_authToken=nobody-in-particular\n`);
  return {
    url,
    /** What makes npm use it, and no cache of anybody's. */
    env: {
      ...process.env,
      npm_config_userconfig: npmrc,
      npm_config_registry: url,
      npm_config_cache: join(folder, "cache"),
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startRegistry>>} Registry */
