import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../../../src/answer/errors.js";
import { digest } from "../../../src/auth/digest.js";
import { startDigestClient } from "../digest-client.js";
import { keys, startDigestServer } from "../digest-server.js";
import { start } from "./start.js";

describe("the keys", () => {
  it("are not sent to another origin", async () => {
    const { server } = await start();
    const other = await startDigestServer();
    const client = startDigestClient(server.url);
    await client.call();
    for (const url of [
      other.url,
      server.url.replace("http:", "https:"),
      server.url.replace("127.0.0.1", "localhost"),
    ]) {
      await expect(client.call(url)).rejects.toThrow(InvalidArgumentError);
    }
    expect(client.sent).toBe(2);
    expect(other.arrivals).toHaveLength(0);
  });

  it("serve a base URL however it is written", async () => {
    const { url } = await startDigestServer();
    expect((await startDigestClient(`${url.replace("http", "HTTP")}/`).call("/x")).status).toBe(200);
  });

  it.each([undefined, null, "", 5, {}])("are refused eagerly where one is %j", (value) => {
    expect(() => digest({ ...keys, publicKey: value as string })).toThrow("digest: publicKey must be text");
    expect(() => digest({ ...keys, privateKey: value as string })).toThrow("digest: privateKey must be text");
    expect(() => digest(value as unknown as typeof keys)).toThrow(InvalidArgumentError);
  });

  it.each(["a:b", "a\nb", "a\r", "\0", "\x7f"])(
    "are refused where the public one cannot be a user name: %j",
    (publicKey) => {
      const attempt = () => digest({ ...keys, publicKey });
      expect(attempt).toThrow(InvalidArgumentError);
      expect(attempt).toThrow("without colons and control characters");
    },
  );

  it("show in nothing that is thrown, logged or sent", async () => {
    const { server, client } = await start({
      challenge: (nonce) => `Digest realm="r", nonce="${nonce}", qop="auth-int"`,
    });
    const error: unknown = await client.call().catch((thrown: unknown) => thrown);
    const refusal: unknown = await new Promise((resolve) => {
      try {
        digest({ ...keys, publicKey: ":" });
      } catch (thrown) {
        resolve(thrown);
      }
    });
    const credentials = digest(keys);
    const seen = [error, refusal, credentials, client, server.arrivals].map((value) =>
      inspect(value, { depth: 9, showHidden: true }),
    );
    for (const text of [...seen, JSON.stringify([error, credentials, client])])
      expect(text).not.toContain(keys.privateKey);
  });
});
