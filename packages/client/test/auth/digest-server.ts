import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export const keys = { publicKey: "abcdefgh", privateKey: "c1c1e0a0-1b2c-4d5e-8f90-a1b2c3d4e5f6" };

export interface DigestServerOptions {
  algorithm?: "MD5" | "SHA-256" | "MD5-sess" | "SHA-256-sess";
  realm?: string;
  /** False: the form of RFC 2069. */
  qop?: boolean;
  /** Writes the `WWW-Authenticate` headers; by default one Digest challenge that says what the server does. */
  challenge?: (nonce: string, stale: boolean) => string | string[];
  newNonce?: () => string;
  /** Refuses, as http-auth does, a count that is lower than one it has seen. */
  inOrder?: boolean;
  /** Names the next nonce in each answer, and takes each but once. */
  oneTime?: boolean;
}

export interface Arrival {
  method: string;
  url: string;
  body: string;
  authorization: string | undefined;
  /** The header's parameters as they stand there, quotes and all. */
  parameters: Record<string, string>;
  status: number;
}

/** A Digest server that takes nobody's word: it reads, checks and counts by itself, and shares no code with the client. */
export async function startDigestServer(options: DigestServerOptions = {}) {
  const {
    algorithm = "MD5",
    realm = "MMS Public API",
    qop = true,
    newNonce = () => randomBytes(12).toString("base64"),
  } = options;
  const nonces = new Map<string, { cnonce: string; counts: Set<string>; highest: string }>();
  const expired = new Set<string>();
  const arrivals: Arrival[] = [];
  const hash = (...parts: string[]) =>
    createHash(algorithm.startsWith("SHA") ? "sha256" : "md5")
      .update(parts.join(":"), "utf8")
      .digest("hex");

  const server = {
    url: "",
    arrivals,
    password: keys.privateKey,
    /** Every count that came with a right answer, as `nonce count`; a count that came twice stands there twice. */
    counts: [] as string[],
    /** Answers a request before anybody checks it, by returning true. */
    before: async (_request: IncomingMessage, _response: ServerResponse, _arrival: Arrival): Promise<boolean> => false,
    /** The nonces of now will be answered with `stale=true`. */
    expire() {
      for (const nonce of nonces.keys()) expired.add(nonce);
      nonces.clear();
    },
    /** The nonces of now were never heard of, as after a restart. */
    forget: () => nonces.clear(),
    statuses: () => arrivals.map(({ status }) => status),
  };

  function challenge(stale: boolean): string | string[] {
    const nonce = newNonce();
    if (!nonces.has(nonce)) nonces.set(nonce, { cnonce: "", counts: new Set(), highest: "" });
    if (options.challenge) return options.challenge(nonce, stale);
    return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=${algorithm}${qop ? ', qop="auth"' : ""}, stale=${stale}`;
  }

  /** "right", "stale", or why the answer is wrong. */
  function judge({ method, url, parameters }: Arrival): string {
    const unquoted = (name: string) => parameters[name]?.replace(/^"|"$/g, "").replaceAll(/\\(.)/g, "$1") ?? "";
    const [nonce, nc, cnonce] = [unquoted("nonce"), unquoted("nc"), unquoted("cnonce")];
    if (expired.has(nonce)) return "stale";
    const known = nonces.get(nonce);
    if (!known) return "unknown nonce";
    if (unquoted("uri") !== url) return "uri is not that of the request";
    if (qop && !/^[0-9a-f]{8}$/.test(nc)) return "nc is not eight digits";
    if (qop && parameters.qop !== "auth") return "qop is not auth";
    if (!qop && (parameters.qop || nc)) return "qop was not offered";
    known.cnonce ||= cnonce;
    const secret = hash(keys.publicKey, realm, server.password);
    const key = algorithm.endsWith("-sess") ? hash(secret, nonce, known.cnonce) : secret;
    const right = hash(key, nonce, ...(qop ? [nc, cnonce, "auth"] : []), hash(method, url));
    if (unquoted("response") !== right || unquoted("username") !== keys.publicKey) return "wrong response";
    if (qop) server.counts.push(`${nonce} ${nc}`);
    if (qop && known.counts.has(nc)) return "count used twice";
    if (options.inOrder && nc < known.highest) return "stale";
    if (options.oneTime && known.counts.size > 0) return "stale";
    known.counts.add(nc);
    known.highest = nc;
    return "right";
  }

  const http = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const parameters: Record<string, string> = {};
    for (const [, name = "", value = ""] of headers.authorization?.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^,]*)/g) ?? []) {
      parameters[name] = value;
    }
    const arrival: Arrival = { method, url, body: "", authorization: headers.authorization, parameters, status: 0 };
    arrivals.push(arrival);
    response.on("close", () => {
      arrival.status = response.writableEnded ? response.statusCode : 0;
    });
    arrival.body = await text(request);
    if (await server.before(request, response, arrival)) return;
    const verdict = headers.authorization ? judge(arrival) : "no answer";
    arrival.status = verdict === "right" ? 200 : 401;
    if (verdict !== "right") {
      response.writeHead(401, { "WWW-Authenticate": challenge(verdict === "stale"), "X-Verdict": verdict }).end();
      return;
    }
    if (options.oneTime)
      response.setHeader(
        "Authentication-Info",
        `qop=auth, nextnonce="${/nonce="(.*?)"/.exec(String(challenge(false)))?.[1]}"`,
      );
    response.end(JSON.stringify({ url, body: arrival.body }));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    await closed;
  });
  return server;
}
