import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Clock, type Mock, type MockOptions, startMock } from "../src/index.js";

export const groupPath = "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8";
export const listPath = `${groupPath}/streams/privateLinkConnections`;
export const connectionPath = `${listPath}/66f0c1d2e3a4b5c6d7e8f901`;
export const msk = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/orders/1" };

/** A mock that ends with its test. */
export async function mockFor(options?: MockOptions): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return mock;
}

/** What tests read of answers: that it is there is for them to expect. */
export interface AnswerBody {
  readonly _id: string;
  readonly state: string;
  readonly results: readonly AnswerBody[];
  readonly totalCount: number;
  readonly errorCode: string;
  readonly detail: string;
  readonly parameters: readonly unknown[];
  readonly badRequestDetail: { readonly fields: readonly unknown[] };
  readonly name: string;
  readonly vendor: string;
  readonly access_token: string;
  readonly content: AnswerBody;
  readonly [field: string]: unknown;
}

export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: AnswerBody;
}

export interface Asked {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly date?: string;
}

/** One request, in the newest version unless said otherwise. */
export async function ask(
  mock: { readonly url: string },
  method: string,
  path: string,
  { headers, body, date = "2025-03-12" }: Asked = {},
): Promise<Said> {
  const response = await fetch(mock.url + path, {
    method,
    headers: {
      accept: `application/vnd.atlas.${date}+json`,
      ...(body !== undefined && { "content-type": `application/vnd.atlas.${date}+json` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : undefined,
  };
}

/** A clock that stands still until it is moved. */
export function movingClock(): Clock & { move(byMs: number): void; waiting(): number } {
  let time = Date.UTC(2026, 0, 1);
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => time,
    schedule(callback, delayMs) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** How many callbacks are still to come. */
    waiting: () => timers.size,
    move(byMs) {
      time += byMs;
      for (const timer of timers) {
        if (timer.at <= time && timers.delete(timer)) timer.callback();
      }
    },
  };
}

export interface DigestAnswer {
  readonly path: string;
  readonly nonce: string;
  readonly count?: number;
  readonly key?: { readonly publicKey: string; readonly privateKey: string };
  readonly realm?: string;
}

/** What a client of digest sends, written independently of the mock. */
export function digestHeader(
  mock: Mock,
  { path, nonce, count = 1, key = mock.credentials.digest, realm = "MMS Public API" }: DigestAnswer,
): string {
  const hash = (text: string) => createHash("md5").update(text).digest("hex");
  const nc = count.toString(16).padStart(8, "0");
  const response = hash(
    `${hash(`${key.publicKey}:${realm}:${key.privateKey}`)}:${nonce}:${nc}:0a4f113b:auth:${hash(`GET:${path}`)}`,
  );
  return `Digest username="${key.publicKey}", realm="${realm}", nonce="${nonce}", uri="${path}", response="${response}", algorithm="MD5", qop=auth, nc=${nc}, cnonce="0a4f113b"`;
}

/** A nonce, from the challenge to a request without credentials. */
export async function freshNonce(mock: Mock): Promise<string> {
  const { headers } = await ask(mock, "GET", connectionPath);
  return nonceOf(headers);
}

export function nonceOf(headers: Headers): string {
  return /nonce="([^"]+)"/.exec(headers.get("www-authenticate") ?? "")?.[1] ?? "";
}

export function basic({ credentials: { serviceAccount } }: Mock, secret: string = serviceAccount.clientSecret): string {
  return `Basic ${Buffer.from(`${serviceAccount.clientId}:${secret}`).toString("base64")}`;
}

export function askForToken(
  mock: Mock,
  headers: Record<string, string> = {},
  form = "grant_type=client_credentials",
): Promise<Said> {
  return ask(mock, "POST", "/api/oauth/token", {
    headers: { authorization: basic(mock), "content-type": "application/x-www-form-urlencoded", ...headers },
    body: form,
  });
}

/** An empty folder that goes with its test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "atlas-streams-mock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
