import { promisify } from "node:util";
import type { BrotliOptions, InputType, ZlibOptions } from "node:zlib";
import type { Exchange } from "./transport.js";

/** More than one coding over the other is nothing that a service does. */
const mostCodings = 2;

/**
 * Undoes the content codings of a body (RFC 9110, section 8.4.1): gzip, deflate and br. What is not known
 * is left as it is. The limit on a body holds for what comes out, too: some kilobytes can hold gigabytes.
 */
export async function decode(
  body: Uint8Array,
  contentEncoding: string | null,
  exchange: Exchange,
): Promise<Uint8Array> {
  if (!contentEncoding || body.length === 0) return body;
  const codings = contentEncoding
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding && coding !== "identity");
  if (codings.length > mostCodings) throw exchange.unexpected(`its body has ${codings.length} content codings.`);
  let bytes = body;
  for (const coding of codings.toReversed()) bytes = await undo(coding, bytes, exchange);
  return bytes;
}

type Undo = (input: InputType, options: ZlibOptions & BrotliOptions) => Promise<Uint8Array>;

async function undo(coding: string, bytes: Uint8Array, exchange: Exchange): Promise<Uint8Array> {
  const zlib = await import("node:zlib");
  // Some servers send deflate without the header of zlib that is due (section 8.4.1.2).
  const isBare = bytes[0] !== undefined && (bytes[0] & 0x0f) !== 8;
  const functions: { readonly [coding: string]: unknown } = {
    gzip: zlib.gunzip,
    "x-gzip": zlib.gunzip,
    deflate: isBare ? zlib.inflateRaw : zlib.inflate,
    br: zlib.brotliDecompress,
  };
  const decompress = functions[coding];
  if (!decompress) return bytes;
  try {
    return await (promisify(decompress as never) as unknown as Undo)(bytes, {
      maxOutputLength: exchange.maxAnswerBytes,
    });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "ERR_BUFFER_TOO_LARGE") throw exchange.tooLarge();
    if (code === "Z_BUF_ERROR") throw exchange.unexpected(`its body was cut: its ${coding} has no end.`);
    throw error;
  }
}
