import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import xterm from "@xterm/headless";
import { onTestFinished } from "vitest";
import { noteUse } from "./uses.js";

export const command = fileURLToPath(new URL("../../dist/atlas-streams.mjs", import.meta.url));
export const groupId = "32b6e34b3d91647abb20e7b8";

export type Environment = { readonly [name: string]: string | undefined };

/** A home of its own, and nothing else of the machine's. */
export function homeOf(environment: Environment = {}): Environment {
  const home = mkdtempSync(join(tmpdir(), "atlas-streams-home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return { PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8", ...environment };
}

/** The variables that log in at a mock. */
export function environmentOf({ url, credentials }: Mock, kind: "service account" | "API key" = "service account") {
  const { serviceAccount, digest } = credentials;
  return {
    MONGODB_ATLAS_BASE_URL: url,
    MONGODB_ATLAS_PROJECT_ID: groupId,
    ...(kind === "service account"
      ? {
          MONGODB_ATLAS_CLIENT_ID: serviceAccount.clientId,
          MONGODB_ATLAS_CLIENT_SECRET: serviceAccount.clientSecret,
        }
      : { MONGODB_ATLAS_PUBLIC_KEY: digest.publicKey, MONGODB_ATLAS_PRIVATE_KEY: digest.privateKey }),
  };
}

/** A mock for one test, and the environment of somebody who is logged in at it. */
export async function withMock(options: MockOptions = {}): Promise<{ mock: Mock; env: Environment }> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return { mock, env: homeOf(environmentOf(mock)) };
}

/** A home with the profile `work`, and no variables. */
export function withProfile(profile: object = {}): { readonly env: Environment } {
  const env = homeOf();
  const folder = join(env.HOME ?? "", ".config/atlas-streams");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.yaml"), JSON.stringify({ profiles: { work: profile } }), { mode: 0o600 });
  return { env };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command at work. */
export interface Started {
  readonly child: ChildProcess;
  /** What it has written so far. */
  told(): Pick<Ended, "stdout" | "stderr">;
  readonly ended: Promise<Ended>;
}

/** Starts the command as a script would: nothing is a terminal. */
export function start(words: readonly string[], env: Environment, input = "", file = command): Started {
  const child = spawn(process.execPath, [file, ...words], { env: env as NodeJS.ProcessEnv });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => {}).end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      noteUse(words, code);
      resolve({ code, stdout, stderr });
    });
  });
  return { child, told: () => ({ stdout, stderr }), ended };
}

/** Runs the command to its end. */
export function run(words: readonly string[], env: Environment, input = "", file = command): Promise<Ended> {
  return start(words, env, input, file).ended;
}

export const hasPython = spawnSync("python3", ["--version"]).status === 0;
const terminalScript = fileURLToPath(new URL("terminal.py", import.meta.url));

/** A command at work in a terminal. */
export interface TerminalRun {
  /** What stands on the screen now, line by line, without what is blank at the end. */
  screen(): Promise<string>;
  /** Everything that has been written, escapes and all. */
  raw(): string;
  type(text: string): void;
  resize(columns: number): void;
  readonly ended: Promise<number | null>;
}

const rows = 60;

/** Runs the command in a pseudo-terminal with a person before it. */
export function inTerminal(words: readonly string[], env: Environment, columns = 100): TerminalRun {
  const script = ["-u", terminalScript, String(columns), String(rows), process.execPath, command, ...words];
  const child = spawn("python3", script, { env: { TERM: "xterm-256color", ...env } as NodeJS.ProcessEnv });
  onTestFinished(() => void child.kill("SIGKILL"));
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    written += chunk;
    emulator.write(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    written += chunk;
  });
  const order = (text: string) => child.stdin.write(`${text}\n`);
  return {
    screen: () =>
      new Promise((resolve) => {
        emulator.write("", () => {
          const { active } = emulator.buffer;
          const lines = Array.from(
            { length: active.length },
            (_, row) => active.getLine(row)?.translateToString(true) ?? "",
          );
          resolve(lines.join("\n").trimEnd());
        });
      }),
    raw: () => written,
    type: (text) => order(`type ${JSON.stringify(text).slice(1, -1)}`),
    resize(next) {
      emulator.resize(next, rows);
      order(`resize ${next} ${rows}`);
    },
    ended: new Promise((resolve) => {
      child.on("close", (code) => {
        noteUse(words, code);
        resolve(code);
      });
    }),
  };
}
