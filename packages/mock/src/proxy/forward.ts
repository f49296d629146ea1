import { type IncomingMessage, request as requestPlain, type ServerResponse } from "node:http";
import { request as requestSecure } from "node:https";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Told of the bytes of an exchange as they pass. */
export interface Watcher {
  onRequestBytes(chunk: Uint8Array): void;
  onAnswerBytes(chunk: Uint8Array): void;
  /** The answer is there as a whole; its receiver gets the end of it when this is done. */
  onAnswerEnd(answer: IncomingMessage): Promise<void>;
}

/** Headers that speak of one connection: RFC 9110, section 7.6.1. `Expect` has been met by then. */
const ofConnection = ["connection", "expect", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"];

/**
 * Sends a request on and its answer back: the same bytes, and the same spelling and order of what stands around them.
 * Proxy libraries write both anew from what they have parsed.
 *
 * @throws what the network said, if no answer came or it broke off
 */
export async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: URL,
  watcher: Watcher,
): Promise<void> {
  const answer = await ask(incoming, response, upstream, watcher.onRequestBytes);
  const { statusCode = 502, statusMessage = "" } = answer;
  response.sendDate = false;
  response.writeHead(statusCode, statusMessage, passedOn(answer.rawHeaders, ["transfer-encoding"]).flat());
  await pipeline(answer, watching(answer, watcher), response);
}

function ask(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: URL,
  onBytes: Watcher["onRequestBytes"],
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = upstream.protocol === "https:" ? requestSecure : requestPlain;
    const outgoing = request({
      method: incoming.method,
      hostname: upstream.hostname.replace(/^\[|\]$/g, ""),
      port: upstream.port,
      path: upstream.pathname.replace(/\/$/, "") + incoming.url,
      headers: headersFor(incoming, upstream),
      setHost: false,
      // A connection that is used again may have ended by then, and it is not for us to send anything twice.
      agent: false,
    });
    outgoing.on("error", reject);
    outgoing.once("response", resolve);
    response.once("close", () => outgoing.destroy());
    incoming.on("data", onBytes);
    pipeline(incoming, outgoing).catch(reject);
  });
}

function headersFor(incoming: IncomingMessage, upstream: URL): string[] {
  const headers = passedOn(incoming.rawHeaders).map(([name, value]) =>
    name.toLowerCase() === "host" ? [name, upstream.host] : [name, value],
  );
  const { "content-length": length, "transfer-encoding": coding } = incoming.headers;
  const isEmptyPost = length === undefined && coding === undefined && /^(POST|PUT|PATCH)$/.test(incoming.method ?? "");
  // Otherwise Node would announce a body without an end.
  return [...headers, ...(isEmptyPost ? [["Content-Length", "0"]] : [])].flat();
}

function passedOn(rawHeaders: readonly string[], others: readonly string[] = []): [string, string][] {
  const headers = pairs(rawHeaders);
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.toLowerCase().split(","))
    .map((name) => name.trim());
  const left = new Set([...ofConnection, ...others, ...named]);
  return headers.filter(([name]) => !left.has(name.toLowerCase()));
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : []));
}

/** Lets bytes pass, and holds the end back until the watcher is done with the whole. */
function watching(answer: IncomingMessage, { onAnswerBytes, onAnswerEnd }: Watcher): Transform {
  const { "content-length": length } = answer.headers;
  let missing = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= onAnswerEnd(answer));
  return new Transform({
    transform(chunk: Uint8Array, _, done) {
      onAnswerBytes(chunk);
      missing -= chunk.length;
      if (missing > 0) done(null, chunk);
      else end().then(() => done(null, chunk), done);
    },
    flush(done) {
      end().then(() => done(), done);
    },
  });
}
