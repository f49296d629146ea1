import { InvalidArgumentError } from "../answer/errors.js";
import type { PlainRequest } from "../call/layer.js";

/** Throws, before anything is sent, where a request would carry credentials to another origin than `baseUrl`'s. */
export function refuseOtherOrigin(request: PlainRequest, baseUrl: string): void {
  // The prefix is the everyday case, and spares parsing two URLs a call.
  if (request.url.startsWith(`${baseUrl}/`)) return;
  const { origin } = new URL(request.url);
  const own = new URL(baseUrl).origin;
  if (origin !== own) throw new InvalidArgumentError(`These credentials are for ${own} and are not sent to ${origin}.`);
}
