import type { Framing, HostileAnswer, SpokenAnswer } from "./hostile-answers.js";

/** The bytes of an answer, one a character. */
export function render({ status: code, headers, body: text, framing: end }: SpokenAnswer): string {
  const claims: { readonly [end in Framing]: string } = {
    length: `content-length: ${text.length}`,
    "too long": `content-length: ${text.length + 7}`,
    "too short": `content-length: ${Math.max(0, text.length - 3)}`,
    chunked: "transfer-encoding: chunked",
    "chunks without an end": "transfer-encoding: chunked",
    close: "connection: close",
  };
  const lines = [...headers.map(([name, value]) => `${name}: ${value}`), claims[end]];
  const chunk = text ? `${text.length.toString(16)}\r\n${text}\r\n` : "";
  const content = end === "chunked" ? `${chunk}0\r\n\r\n` : end === "chunks without an end" ? chunk : text;
  return `HTTP/1.1 ${String(code).padStart(3, "0")} Any\r\n${lines.join("\r\n")}\r\n\r\n${content}`;
}

/** The answer with what the request had where it is to be shown: escaped as JSON does it, since most bodies are JSON. */
export function withEchoes<Answer extends HostileAnswer>(answer: Answer, authorization: string, sent: string): Answer {
  const fill = (text: string) =>
    text
      .replaceAll("%AUTHORIZATION%", () => JSON.stringify(authorization).slice(1, -1))
      .replaceAll("%BODY%", () => JSON.stringify(sent).slice(1, -1));
  if (answer.kind === "raw") return { ...answer, bytes: fill(answer.bytes) };
  if (answer.kind !== "spoken") return answer;
  return {
    ...answer,
    body: fill(answer.body),
    headers: answer.headers.map(([name, value]) => [name, fill(value).replaceAll("\n", " ")] as const),
  };
}
