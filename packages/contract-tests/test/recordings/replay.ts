import { once } from "node:events";
import { STATUS_CODES } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { onTestFinished } from "vitest";
import { cases } from "../description.js";
import type { Recording } from "./recordings.js";

const issued = cases.find(({ operationId, status }) => operationId === "createToken" && status === 200)?.value;

/**
 * Answers whatever it is asked with the recorded bytes, one at a time, and with nothing else; only who asks for a token
 * gets one. Gives its URL.
 */
export async function replay(recording: Recording): Promise<string> {
  const answer = bytesOf(recording);
  const token = bytesOf({ status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(issued) });
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    let heard = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      if (!isWhole(heard)) return;
      const isForToken = heard.startsWith("POST /api/oauth/token ");
      heard = "";
      for (const byte of isForToken ? token : answer) socket.write(Uint8Array.of(byte));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The lengths that HTTP/1.1 needs are ours: recordings leave them out with all that is of the connection. */
function bytesOf({ status, headers, body = "" }: Pick<Recording, "status" | "headers" | "body">): Buffer {
  const framed = status === 204 ? headers : { ...headers, "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries(framed).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
}

function isWhole(heard: string): boolean {
  const [head = "", ...rest] = heard.split("\r\n\r\n");
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return heard.includes("\r\n\r\n") && rest.join("\r\n\r\n").length >= length;
}
