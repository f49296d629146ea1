import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { AuthenticationError, createClient, digest, serviceAccount } from "@atlas-streams/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCase } from "./description.js";

// What we say of Prism by itself, which is why there is a mock in front of it. `pnpm prism` is this same process.
describe("Prism by itself", () => {
  const { parameters, value } = findCase("getGroupStreamPrivateLinkConnection 200 aws-msk");
  const ids = parameters.path as { groupId: string; connectionId: string };
  const anyToken = serviceAccount({ clientId: "any", clientSecret: "any" });
  let prism: ChildProcess;
  let baseUrl: string;

  beforeAll(async () => {
    const { resolve } = createRequire(import.meta.url);
    const words = [resolve("@stoplight/prism-cli"), "mock", resolve("@atlas-streams/spec/openapi.yaml"), "--port", "0"];
    prism = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    baseUrl = await new Promise((found, failed) => {
      prism.once("exit", (code) => failed(new Error(`Prism ended with ${code}`)));
      prism.stdout?.on("data", (text) => {
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text)) ?? [];
        if (url) found(url);
      });
    });
  }, 30_000);

  afterAll(() => {
    prism.removeAllListeners("exit");
    prism.kill();
  });

  const answerTo = async (headers: Record<string, string>) => {
    const path = `/api/atlas/v2/groups/${ids.groupId}/streams/privateLinkConnections/${ids.connectionId}`;
    return fetch(baseUrl + path, { headers: { authorization: "Bearer any", ...headers } });
  };
  const versioned = "application/vnd.atlas.2023-02-01+json";

  test("serves the description to our client, whatever its credentials say", async () => {
    const atlas = createClient({ baseUrl, auth: anyToken });
    expect(await atlas.privateLinkConnections.get(ids)).toEqual(value);
  });

  test("answers a preferred error with a silent 200 where only the version is accepted, and with the error where both are", async () => {
    expect((await answerTo({ accept: versioned, prefer: "code=404" })).status).toBe(200);
    expect((await answerTo({ accept: `${versioned}, application/json`, prefer: "code=404" })).status).toBe(404);
  });

  test("refuses a true digest answer to its own challenge", async () => {
    const atlas = createClient({ baseUrl, auth: digest({ publicKey: "any", privateKey: "any" }) });
    await expect(atlas.privateLinkConnections.get(ids)).rejects.toBeInstanceOf(AuthenticationError);
  });

  test("answers 406 to a later date, which the service takes", async () => {
    expect((await answerTo({ accept: "application/vnd.atlas.2025-03-12+json" })).status).toBe(406);
  });
});
