import type { PlainHeaders, PlainRequest } from "../call/layer.js";
import { plainRequestOf } from "./platform-values.js";

/** What openapi-fetch makes its requests of, where nobody but this client looks at them: what it was given, and no more. */
export class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;

  constructor(url: string, init: { readonly method: string; readonly headers: Headers; readonly body: unknown }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
  }

  /** The request as a value, with `own` headers in the place of those it was given. A body that is no text, such as a form, is made into one by the platform. */
  async toPlain(own: PlainHeaders | undefined): Promise<PlainRequest> {
    const { url, method, headers, body } = this;
    if (body === undefined || typeof body === "string")
      return { url, method, headers: own ?? Object.fromEntries(headers), body };
    return plainRequestOf(new Request(url, { method, headers, body: body as NonNullable<RequestInit["body"]> }));
  }
}
