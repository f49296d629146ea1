import type { Exchange, Transport, WireAnswer } from "./transport.js";

/** `fetch`, as far as this client uses it. It has to heed `init.signal`. */
export type NetworkFetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Sends by a `fetch`.
 *
 * It is given a URL and an init, never a `Request`: that form holds with the fetch of another undici, with
 * early versions of Node 20, which lose the headers of a request that they are given together with an
 * init, and with a fetch that caches what does not say `no-store`, as Next.js has it.
 */
export function createFetchTransport(fetch: NetworkFetch): Transport {
  return {
    tellsWhatLeft: false,
    async send({ url, method, headers, body }, exchange) {
      const { signal } = exchange;
      const response = await fetch(url, {
        method,
        headers,
        body,
        signal,
        redirect: "manual",
        ...uncached(),
      } as RequestInit);
      exchange.answered(response.status);
      refuseRedirected(response, url, exchange);
      return readAnswer(response, exchange);
    },
    close() {},
  };
}

let takesCache: boolean | undefined;

/** Some runtimes refuse an init that speaks of a cache; they have none. */
function uncached(): { readonly cache?: "no-store" } {
  takesCache ??= canMakeRequest({ cache: "no-store" } as RequestInit);
  return takesCache ? { cache: "no-store" } : {};
}

function canMakeRequest(init: RequestInit): boolean {
  try {
    return Boolean(new Request("https://localhost", init));
  } catch {
    return false; // that is the answer
  }
}

/** Another place's answer is not the service's, and the credentials were not for that place. */
function refuseRedirected(response: Response, url: string, exchange: Exchange): void {
  const from = response.url;
  if (!response.redirected && (!from || from === url || new URL(from).href === new URL(url).href)) return;
  throw exchange.unexpected(
    "it came by a redirect, which a fetch that you have given followed. Let it not follow any.",
  );
}

async function readAnswer(response: Response, exchange: Exchange): Promise<WireAnswer> {
  const { status, statusText, headers } = response;
  const bytes = await readBody(response, exchange);
  if (bytes.length === 0 && mayBeCut(status, headers))
    throw exchange.unexpected("its compressed body came to nothing, as one that was cut does.");
  return { status, statusText, headers, bytes };
}

/**
 * Of a compressed body that was cut early nothing is left, and fetch does not complain. It was whole where it was
 * announced to be empty, came in chunks to the last, or had the twenty bytes of a gzip of nothing.
 */
function mayBeCut(status: number, headers: Headers): boolean {
  const coding = headers.get("content-encoding") ?? "identity";
  if (status === 204 || /^(identity)?$/.test(coding) || /chunked/i.test(headers.get("transfer-encoding") ?? ""))
    return false;
  const length = headers.get("content-length");
  return length !== "0" && !(coding === "gzip" && length === "20");
}

/** The body, read no further than it may be large. */
async function readBody(response: Response, exchange: Exchange): Promise<Uint8Array> {
  const { headers, body } = response;
  const isBounded = Number(headers.get("content-length") ?? Number.NaN) <= exchange.maxAnswerBytes;
  // A body of known length needs no counting, and reading it in one go costs less.
  if (!body?.getReader || (isBounded && !headers.get("content-encoding"))) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > exchange.maxAnswerBytes) throw exchange.tooLarge();
    return bytes;
  }
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, size);
    size += value.length;
    if (size > exchange.maxAnswerBytes) {
      void reader.cancel().catch(() => {}); // what is wrong with it does not matter any more
      throw exchange.tooLarge();
    }
    chunks.push(value);
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
