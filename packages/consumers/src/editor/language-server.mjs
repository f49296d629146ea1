import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node.js";
import { compilerOptions, split } from "./open-file.mjs";

/**
 * TypeScript 7, which has no JavaScript to call: its language server, as any editor starts it.
 * @param {string} compiler
 * @param {string} folder
 * @returns {Promise<import("./editor.js").Editor>}
 */
export async function openLanguageServer(compiler, folder) {
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["open.ts"] }));
  const uri = pathToFileURL(join(folder, "open.ts")).href;
  const server = spawn(process.execPath, [compiler, "--lsp", "--stdio"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { hover: { contentFormat: ["plaintext"] }, completion: {} } },
  });
  await connection.sendNotification("initialized", {});
  let version = 0;

  /** @param {string} code */
  async function open(code) {
    const { text, line, character } = split(code);
    version++;
    const isFirst = version === 1;
    if (isFirst) await writeFile(join(folder, "open.ts"), text);
    const name = isFirst ? "textDocument/didOpen" : "textDocument/didChange";
    const textDocument = isFirst ? { uri, languageId: "typescript", version, text } : { uri, version };
    await connection.sendNotification(name, { textDocument, ...(!isFirst && { contentChanges: [{ text }] }) });
    return { textDocument: { uri }, position: { line, character } };
  }

  return {
    async completionsAt(code) {
      const found = await connection.sendRequest("textDocument/completion", await open(code));
      /** @type {{ label: string, sortText?: string, filterText?: string }[]} */
      const items = found?.items ?? found ?? [];
      return items
        .filter(({ sortText = "11" }) => sortText < "15")
        .map(({ label }) => label.replace(/\?$/, "").replaceAll('"', ""));
    },
    async hoverAt(code) {
      const { textDocument, position } = await open(code);
      const before = { ...position, character: position.character - 1 };
      const found = await connection.sendRequest("textDocument/hover", { textDocument, position: before });
      const { contents } = found ?? { contents: "" };
      return (contents.value ?? contents).replaceAll(/```\w*\n/g, "");
    },
    async close() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await once(server, "exit");
      connection.dispose();
    },
  };
}
