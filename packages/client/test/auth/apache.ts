import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { freePort } from "../free-port.js";
import { keys } from "./digest-server.js";

const apache = "/usr/sbin/apache2";
const modules = "/usr/lib/apache2/modules";

/** Why Apache cannot be started here, if it cannot. */
export const whyNoApache =
  existsSync(apache) && existsSync(`${modules}/mod_auth_digest.so`)
    ? undefined
    : `there is no ${apache} with mod_auth_digest here (Debian's package apache2 brings both)`;

/** Apache httpd with nothing but mod_auth_digest in front of one file, on a free port of the loopback; it ends with the test. */
export async function startApache({ nonceLifetimeSeconds = 300 } = {}) {
  const home = await mkdtemp(join(tmpdir(), "atlas-streams-apache-"));
  const port = await freePort();
  const realm = "MMS, Public API";
  const key = createHash("md5").update(`${keys.publicKey}:${realm}:${keys.privateKey}`).digest("hex");
  await mkdir(join(home, "site"));
  await writeFile(join(home, "site", "index.html"), "private");
  await writeFile(join(home, "keys"), `${keys.publicKey}:${realm}:${key}\n`);
  await writeFile(
    join(home, "httpd.conf"),
    `
ServerRoot ${home}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${home}/pid
DefaultRuntimeDir ${home}
ErrorLog ${home}/error.log
LogFormat "%>s" status
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authn_core_module ${modules}/mod_authn_core.so
LoadModule authn_file_module ${modules}/mod_authn_file.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule authz_user_module ${modules}/mod_authz_user.so
LoadModule auth_digest_module ${modules}/mod_auth_digest.so
CustomLog ${home}/access.log status
ThreadLimit 128
ThreadsPerChild 128
MaxRequestWorkers 128
DocumentRoot ${home}/site
<Location />
  AuthType Digest
  AuthName "${realm}"
  AuthDigestProvider file
  AuthUserFile ${home}/keys
  AuthDigestNonceLifetime ${nonceLifetimeSeconds}
  Require valid-user
</Location>
`,
  );
  const server = spawn(apache, ["-X", "-f", join(home, "httpd.conf")], { stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  server.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  onTestFinished(async () => {
    server.kill("SIGTERM");
    await ended;
    await rm(home, { recursive: true });
  });
  while (!(await isListening(port))) {
    if (server.exitCode !== null) throw new Error(`Apache did not start: ${complaints}`);
    // Apache does not say when it is ready.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    /** The statuses that Apache has answered with, as its own log has them. */
    statuses: async () => (await readFile(join(home, "access.log"), "utf8")).trim().split("\n").map(Number),
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
