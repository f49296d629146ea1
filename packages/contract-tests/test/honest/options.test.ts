import { type ClientOptions, createClient, digest, InvalidArgumentError, serviceAccount } from "@atlas-streams/client";
import { type Mock, startMock } from "@atlas-streams/mock";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "./clients.js";
import { credentials } from "./hostile-server.js";
import { callRaw, getOne } from "./operations.js";

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ limits: { rate: false } });
});

afterAll(() => mock.stop());

describe("createClient refuses", () => {
  const make = (options: object) => () =>
    createClient({
      auth: digest(credentials.digest),
      baseUrl: "https://cloud.mongodb.com",
      ...options,
    } as ClientOptions);

  test("no option that is in order", () => {
    expect(
      make({ timeoutMs: 1, deadlineMs: 1, retry: { attempts: 1, baseDelayMs: 0, maxDelayMs: 0 }, userAgent: "a/1" }),
    ).not.toThrow();
  });

  test.each([
    { timeoutMs: 0 },
    { timeoutMs: -1 },
    { timeoutMs: Number.NaN },
    { timeoutMs: "1000" },
    { deadlineMs: 0 },
    { deadlineMs: Number.NaN },
    { retry: { attempts: 0 } },
    { retry: { attempts: 1.5 } },
    { retry: { attempts: Number.POSITIVE_INFINITY } },
    { retry: { attempts: "3" } },
    { retry: { baseDelayMs: -1 } },
    { retry: { maxDelayMs: Number.NaN } },
    { userAgent: "line\nbreak" },
    { userAgent: "smörgås" },
    { userAgent: "" },
  ])("%o", (options) => {
    expect(make(options)).toThrow(InvalidArgumentError);
  });

  test.each([
    "http://cloud.mongodb.com",
    "http://192.168.0.1",
    "http://10.0.0.1:8080",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://[::2]",
    "http://0.0.0.0",
    "HTTP://CLOUD.MONGODB.COM",
  ])("plain http to %s: credentials do not go there", (baseUrl) => {
    expect(make({ baseUrl })).toThrow(InvalidArgumentError);
  });

  test("save where the caller says that it is meant, by true and nothing like it", async () => {
    const baseUrl = "http://atlas-mock:4010";
    expect(make({ baseUrl })).toThrow(/allowInsecure: true/);
    for (const allowInsecure of [1, "true", {}] as unknown as boolean[])
      expect(make({ baseUrl, allowInsecure })).toThrow(InvalidArgumentError);
    expect(make({ baseUrl, allowInsecure: true })).not.toThrow();
    expect(make({ baseUrl: "ftp://atlas-mock", allowInsecure: true })).toThrow(InvalidArgumentError);
  });

  test.each([
    "https://user:password@cloud.mongodb.com",
    "https://user@cloud.mongodb.com",
    "http://user:password@127.0.0.1",
    "https://cloud.mongodb.com?query",
    "https://cloud.mongodb.com#fragment",
    "https://cloud.mongodb.com/?",
    "https://cloud.mongodb.com/#",
    "cloud.mongodb.com",
    "//cloud.mongodb.com",
    "/api",
    "",
    "ftp://cloud.mongodb.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
  ])("the base URL %j, and does not repeat a password from it", (baseUrl) => {
    expect(make({ baseUrl })).toThrow(InvalidArgumentError);
    expect(make({ baseUrl })).not.toThrow(/password/);
  });

  test.each([
    "http://localhost",
    "http://localhost:1",
    "http://127.0.0.1:8080/",
    "http://127.9.9.9",
    "http://[::1]:1",
    "https://10.0.0.1",
  ])("not %s, which is this machine or encrypted", (baseUrl) => {
    expect(make({ baseUrl })).not.toThrow();
  });

  test("to be made without credentials, rather than call without them", () => {
    for (const name of ["CLIENT_ID", "CLIENT_SECRET", "PUBLIC_KEY", "PRIVATE_KEY"])
      vi.stubEnv(`MONGODB_ATLAS_${name}`, "");
    expect(() => createClient({ baseUrl: mock.url })).toThrow(InvalidArgumentError);
    vi.unstubAllEnvs();
  });

  test("half a pair of credentials in the environment", () => {
    vi.stubEnv("MONGODB_ATLAS_CLIENT_ID", "mdb_sa_id_000000000000000000000000");
    vi.stubEnv("MONGODB_ATLAS_CLIENT_SECRET", "");
    expect(() => createClient()).toThrow(/MONGODB_ATLAS_CLIENT_SECRET/);
    vi.unstubAllEnvs();
  });

  test("a trailing slash nothing: no path begins with two", async () => {
    const from = mock.requests.length;
    await callRaw(connect("digest", { ...mock, url: `${mock.url}//` }), getOne);
    expect(mock.requests.slice(from).every(({ path }) => path.startsWith("/api/"))).toBe(true);
  });
});

describe("credentials refuse", () => {
  test.each([
    [{ clientId: "", clientSecret: "s" }],
    [{ clientId: "a:b", clientSecret: "s" }],
    [{ clientId: "a b", clientSecret: "s" }],
    [{ clientId: "i", clientSecret: "" }],
    [{ clientId: "i", clientSecret: "first\nsecond" }],
    [{ clientId: "i" }],
    [{ clientId: 42, clientSecret: "s" }],
    [{ clientId: "i", clientSecret: "sécret" }],
  ])("a service account of %o, without a word of its secret", (options) => {
    const make = () => serviceAccount(options as Parameters<typeof serviceAccount>[0]);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).not.toThrow(/sécret|first|second/);
  });

  test.each([
    [{ publicKey: "", privateKey: "k" }],
    [{ publicKey: "a:b", privateKey: "k" }],
    [{ publicKey: "line\nbreak", privateKey: "k" }],
    [{ publicKey: "p", privateKey: "" }],
    [{ publicKey: "p" }],
    [{ publicKey: "p", privateKey: 42 }],
  ])("an API key of %o", (options) => {
    expect(() => digest(options as Parameters<typeof digest>[0])).toThrow(InvalidArgumentError);
  });

  test.each([[undefined], [null]])("%s for options, as an InvalidArgumentError", (options) => {
    expect(() => digest(options as unknown as Parameters<typeof digest>[0])).toThrow(InvalidArgumentError);
    expect(() => serviceAccount(options as unknown as Parameters<typeof serviceAccount>[0])).toThrow(
      InvalidArgumentError,
    );
  });
});
