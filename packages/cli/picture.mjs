// Makes the README's picture of a terminal: runs commands in a pseudo-terminal against a mock, and draws what stands on
// the screen as SVG. Needs python3.
//   pnpm --filter @atlas-streams/cli picture
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startMock } from "@atlas-streams/mock";
import xterm from "@xterm/headless";

const columns = 96;
const rows = 60;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const commands = [
  ["private-link", "list", "--provider", "AWS"],
  ["private-link", "get", "66f0c1d2e3a4b5c6d7e8f901"],
];

const mock = await startMock();
const { serviceAccount } = mock.credentials;
const env = {
  ...process.env,
  CI: "",
  TERM: "xterm-256color",
  MONGODB_ATLAS_BASE_URL: mock.url,
  MONGODB_ATLAS_PROJECT_ID: "32b6e34b3d91647abb20e7b8",
  MONGODB_ATLAS_CLIENT_ID: serviceAccount.clientId,
  MONGODB_ATLAS_CLIENT_SECRET: serviceAccount.clientSecret,
};
const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
for (const words of commands) {
  screen.write(`\x1b[32m$\x1b[0m \x1b[1matlas-streams ${words.join(" ")}\x1b[0m\r\n`);
  await show([...words, "--no-cache"]);
  screen.write("\r\n");
}
await mock.stop();
await new Promise((done) => screen.write("", done));
writeFileSync(here("../docs/terminal.svg"), drawing());

function show(words) {
  const script = [here("test/support/terminal.py"), columns, rows, process.execPath, here("dist/atlas-streams.mjs")];
  const child = spawn("python3", ["-u", ...script.map(String), ...words], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.on("data", (chunk) => screen.write(chunk));
  return new Promise((done, fail) =>
    child.on("close", (code) => (code === 0 ? done() : fail(new Error(`${words.join(" ")} ended with ${code}`)))),
  );
}

function drawing() {
  const [cell, line, edge, bar] = [8.4, 18, 16, 34];
  const palette = ["#6e7681", "#ff7b72", "#3fb950", "#d29922", "#79c0ff", "#d2a8ff", "#56d4dd", "#c9d1d9"];
  const { active } = screen.buffer;
  const lines = Array.from({ length: active.length }, (_, row) => runsOf(active.getLine(row)));
  const last = lines.findLastIndex((runs) => runs.length > 0);
  const texts = lines.slice(0, last + 1).flatMap((runs, row) =>
    runs.map(({ at, text, colour, isBold, isDim }) => {
      const fill = isDim ? palette[0] : (palette[colour] ?? palette[7]);
      const look = `fill="${fill}"${isBold ? ' font-weight="bold"' : ""}`;
      const place = `x="${(edge + at * cell).toFixed(1)}" y="${bar + edge + row * line}" textLength="${(text.length * cell).toFixed(1)}"`;
      return `<text ${place} ${look}>${escaped(text)}</text>`;
    }),
  );
  const width = Math.ceil(columns * cell + 2 * edge);
  const height = bar + 2 * edge + last * line;
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map(
    (fill, index) => `<circle cx="${20 + index * 20}" cy="18" r="6" fill="${fill}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal: atlas-streams lists the Private Link connections at AWS and draws one of them">
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${dots.join("")}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${texts.join("\n")}
</g>
</svg>
`;
}

/** The cells of a line that look alike and stand together, without the blanks around them. */
function runsOf(line) {
  const runs = [];
  for (let at = 0; at < columns; at++) {
    const cell = line?.getCell(at);
    const text = cell?.getChars() || " ";
    const look = {
      colour: cell?.isFgPalette() ? cell.getFgColor() : 7,
      isBold: !!cell?.isBold(),
      isDim: !!cell?.isDim(),
    };
    const run = runs.at(-1);
    const isAlike = run && ["colour", "isBold", "isDim"].every((name) => run[name] === look[name]);
    if (isAlike) run.text += text;
    else runs.push({ at, text, ...look });
  }
  return runs.flatMap((run) => {
    const text = run.text.trimEnd();
    const start = text.length - text.trimStart().length;
    return text.trim() ? [{ ...run, at: run.at + start, text: text.trim() }] : [];
  });
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(" ", "\u00a0");
}
