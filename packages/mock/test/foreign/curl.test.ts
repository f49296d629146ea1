import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { connectionPath, listPath, mockFor, msk } from "../helpers.js";

const isThere = spawnSync("curl", ["--version"]).status === 0;
if (!isThere) console.log("skipped: there is no curl on this machine");

test.skipIf(!isThere)("curl --digest reads, makes and removes", async () => {
  const mock = await mockFor();
  const { publicKey, privateKey } = mock.credentials.digest;
  const curl = async (...options: string[]) => {
    const accept = "Accept: application/vnd.atlas.2025-03-12+json";
    const shared = [
      "--silent",
      "--digest",
      "--user",
      `${publicKey}:${privateKey}`,
      "--header",
      accept,
      "--write-out",
      "\n%{http_code}",
    ];
    const { stdout } = await promisify(execFile)("curl", [...shared, ...options]);
    const [, body = "", status] = /^(.*)\n(\d+)$/s.exec(stdout) ?? [];
    return { status: Number(status), body: JSON.parse(body) };
  };
  expect(await curl(mock.url + connectionPath)).toMatchObject({ status: 200, body: { state: "DONE" } });
  const body = ["--header", "Content-Type: application/json", "--data", JSON.stringify(msk)];
  const made = await curl(...body, mock.url + listPath);
  expect(made).toMatchObject({ status: 200, body: msk });
  expect(await curl("--request", "DELETE", `${mock.url}${listPath}/${made.body._id}`)).toEqual({
    status: 202,
    body: {},
  });
  expect(await curl("--user", `${publicKey}:wrong`, mock.url + connectionPath)).toMatchObject({
    status: 401,
    body: { error: 401 },
  });
});
