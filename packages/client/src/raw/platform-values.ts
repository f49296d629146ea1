import type { Answer, PlainRequest } from "../call/layer.js";

/** Reads a request of the platform's to its end. */
export async function plainRequestOf(request: Request): Promise<PlainRequest> {
  const { url, method, headers, body } = request;
  return { url, method, headers: Object.fromEntries(headers), body: body ? await request.text() : undefined };
}

/** Statuses whose answers have no body; a Response with one of them refuses any (the Fetch standard, "null body status"). */
const withoutBody = new Set([204, 205, 304]);

/** The answer as `fetch` would have given it, its body unread. */
export function responseOf({ status, statusText, headers, bytes }: Answer): Response {
  return new Response(
    withoutBody.has(status) || bytes.length === 0 ? null : (bytes as ConstructorParameters<typeof Response>[0]),
    {
      status,
      statusText: statusText.replace(/[^\t\x20-\x7e\x80-\xff]/g, ""), // a server may say what no Response can be made with
      headers: [...headers],
    },
  );
}
