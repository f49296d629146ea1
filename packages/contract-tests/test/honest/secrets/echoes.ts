import type { HostileRequest } from "../hostile-server.js";

export const hex = (text: string) => Buffer.from(text).toString("hex");
export const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** How servers show a request in their answers. */
export const echoes: [string, (request: HostileRequest) => [body: unknown, contentType?: string]][] = [
  ["a plain page", ({ headers, body }) => [`${headers.authorization}\n${body}`, "text/plain"]],
  [
    "a page of HTML",
    ({ headers, body }) => [`<pre>${html(headers.authorization ?? "")}\n${html(body)}</pre>`, "text/html"],
  ],
  [
    "the service's error body",
    ({ headers, body }) => [{ error: 400, errorCode: "BAD", detail: `You sent ${headers.authorization} and ${body}` }],
  ],
  [
    "every field of the error body",
    ({ headers: { authorization = "" }, body }) => [
      {
        error: authorization,
        errorCode: authorization,
        reason: body,
        detail: body,
        parameters: [authorization, { deep: [body] }],
        badRequestDetail: { fields: [{ field: authorization, description: body }] },
      },
    ],
  ],
  ["a field that nobody knows", ({ headers, body }) => [{ errorCode: "BAD", echo: { headers, body } }]],
  [
    "OAuth's error body",
    ({ headers, body }) => [{ error: headers.authorization, error_description: `${headers.authorization} ${body}` }],
  ],
  [
    "JSON with its slashes escaped",
    ({ headers, body }) => [
      JSON.stringify({ errorCode: "BAD", detail: headers.authorization, reason: body }).replaceAll("/", "\\/"),
      "application/json",
    ],
  ],
  [
    "JSON in JSON",
    ({ headers, body }) => [{ errorCode: "BAD", detail: JSON.stringify({ headers, body: JSON.stringify(body) }) }],
  ],
  [
    "JSON in numbers of characters",
    ({ headers, body }) => [
      `{"errorCode":"BAD","detail":"${[...`${headers.authorization} ${body}`].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"}`,
      "application/json",
    ],
  ],
  ["a text in percents", ({ headers, body }) => [encodeURIComponent(`${headers.authorization} ${body}`), "text/plain"]],
  [
    "half an error body",
    ({ headers, body }) => [
      `{"errorCode":"BAD","detail":"${inJson(`${headers.authorization} ${body}`)}`,
      "application/json",
    ],
  ],
];

export function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

export function echoing(
  status: number,
  echo: (typeof echoes)[number][1],
  more: { readonly [name: string]: string } = {},
) {
  return (request: HostileRequest) => {
    const [body, type] = echo(request);
    request.answer(status, body, { ...(type && { "content-type": type }), ...more });
  };
}
