import { keepSecrets, secretsOf } from "./redact.js";

const bodies = new WeakMap<Response, string>();

/** Remembers the body of an answer that has been read. */
export function keepBody(response: Response, text: string): void {
  bodies.set(response, text);
}

/** The body of an answer, read before or now. */
export async function bodyOf(response: Response): Promise<string> {
  return bodies.get(response) ?? response.text();
}

/** The same answer with its body unread, for whoever expects one from `fetch`. Building it costs as much as all the layers together, so it is done only where needed. */
export async function withUnreadBody(response: Response): Promise<Response> {
  const { status, headers } = response;
  // A server may say what no Response can be made with.
  const statusText = response.statusText.replace(/[^\t\x20-\x7e\x80-\xff]/g, "");
  const copy = new Response((await bodyOf(response)) || null, { status, statusText, headers });
  keepSecrets(copy, () => secretsOf(response));
  return copy;
}
