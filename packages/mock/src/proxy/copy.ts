import type { Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** What is kept to be looked at; the bytes themselves go past. */
export interface Copy {
  add(chunk: Uint8Array): void;
  /**
   * What it says: the value of JSON, the text of anything else, nothing if there is nothing.
   *
   * @throws if it is too long, or cannot be decoded
   */
  read(headers: Readonly<Record<string, string>>): Promise<unknown>;
}

/** Far more than anything that the description has. */
const most = 16 * 2 ** 20;

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export function startCopy(): Copy {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return {
    add(chunk) {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else chunks.length = 0;
    },
    async read({ "content-encoding": encoding, "content-type": type = "" }) {
      if (length === 0) return undefined;
      if (length > most) throw new Error(`it is longer than ${most} bytes`);
      const plain = await decoded(Buffer.concat(chunks), encoding);
      return /\bjson\b/i.test(type) ? parsed(plain) : plain;
    },
  };
}

async function decoded(bytes: Buffer, encoding = "identity"): Promise<string> {
  if (encoding.toLowerCase() === "identity") return bytes.toString();
  const decoder = decoders[encoding.toLowerCase()]?.();
  if (!decoder) throw new Error(`its encoding is ${encoding}`);
  decoder.end(bytes);
  let length = 0;
  decoder.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > most) decoder.destroy(new Error(`it is longer than ${most} bytes`));
  });
  return text(decoder);
}

/** JSON that is none stays text: the check against the description says what was wanted. */
function parsed(plain: string): unknown {
  try {
    return JSON.parse(plain);
  } catch {
    return plain;
  }
}
