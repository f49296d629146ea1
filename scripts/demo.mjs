// The main job as a short story at the terminal: look, make, wait, see what goes wrong, remove. It is told by the
// command line itself, against a mock of Atlas; or, with credentials and a connection in the environment, one look at Atlas.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { startMock } from "@atlas-streams/mock";
import { dim, heading } from "./terminal.mjs";

const { resolve } = createRequire(import.meta.url);
const command = join(dirname(resolve("@atlas-streams/cli/package.json")), "dist/atlas-streams.mjs");

/** @type {{ say: string, words: string[], code?: number }[]} */
const story = [
  { say: "1. What is there?", words: ["private-link", "list", "--provider", "AWS"] },
  { say: "2. One of them, as a drawing", words: ["private-link", "get", "66f0c1d2e3a4b5c6d7e8f901"] },
  { say: "3. One that has failed", words: ["private-link", "get", "66f0c1d2e3a4b5c6d7e8f911"] },
  {
    say: "4. Make one. Mistakes are told before anything is sent, all at once",
    words: ["private-link", "create", "aws-confluent", "--dnsDomain", "sample.us-east-1.aws.confluent.cloud"],
    code: 2,
  },
  {
    say: "5. Make one, and wait until it is ready",
    words: ["private-link", "create", "gcp-pubsub", "--region", "us-west2", "--wait", "--interval", "700ms"],
  },
  {
    say: "6. Remove one, and wait until it is gone",
    words: ["private-link", "delete", "66f0c1d2e3a4b5c6d7e8f906", "--yes", "--wait", "--interval", "700ms"],
  },
  {
    say: "7. Ask for one that is not there any more",
    words: ["private-link", "get", "66f0c1d2e3a4b5c6d7e8f906"],
    code: 5,
  },
];

try {
  await tellStory();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function tellStory() {
  const { MONGODB_ATLAS_PROJECT_ID: projectId, MONGODB_ATLAS_CONNECTION_ID: connectionId } = process.env;
  if (!projectId && !connectionId) return tellOfMock();
  if (!projectId) throw new Error("MONGODB_ATLAS_CONNECTION_ID is set, but MONGODB_ATLAS_PROJECT_ID is not.");
  if (!connectionId) throw new Error("MONGODB_ATLAS_PROJECT_ID is set, but MONGODB_ATLAS_CONNECTION_ID is not.");
  console.log("This is Atlas itself, with the credentials of your environment.\n");
  process.exitCode = await show(["private-link", "get", connectionId], process.env);
}

async function tellOfMock() {
  const mock = await startMock({ scenario: { pace: { ms: 1500 } } });
  const { serviceAccount } = mock.credentials;
  const env = {
    ...process.env,
    MONGODB_ATLAS_BASE_URL: mock.url,
    MONGODB_ATLAS_PROJECT_ID: "32b6e34b3d91647abb20e7b8",
    MONGODB_ATLAS_CLIENT_ID: serviceAccount.clientId,
    MONGODB_ATLAS_CLIENT_SECRET: serviceAccount.clientSecret,
    MONGODB_ATLAS_PUBLIC_KEY: "",
    MONGODB_ATLAS_PRIVATE_KEY: "",
  };
  try {
    console.log(`${heading("atlas-streams: Private Link connections, from a terminal")}
This is a mock of Atlas on this machine, at ${mock.url}. To look at a connection
at Atlas itself, set MONGODB_ATLAS_CLIENT_ID and _CLIENT_SECRET (or _PUBLIC_KEY and
_PRIVATE_KEY), MONGODB_ATLAS_PROJECT_ID and MONGODB_ATLAS_CONNECTION_ID.`);
    for (const { say, words, code = 0 } of story) {
      console.log(`\n${heading(say)}`);
      const ended = await show(words, env);
      if (ended !== code) throw new Error(`This should have ended with ${code}, and ended with ${ended}.`);
      if (code > 0) console.log(dim(`exit code ${code}`));
    }
    const logins = mock.requests.filter(({ path }) => path === "/api/oauth/token").length;
    const others = mock.requests.length - logins;
    console.log(
      `\n${heading(`${story.length} commands: ${logins === 1 ? "one login" : `${logins} logins`}, ${others} calls.`)}`,
    );
    console.log("Go on by yourself: npx --yes pnpm@10.34.8 cli mock --shell");
  } finally {
    await mock.stop();
  }
}

/**
 * Shows a command as it would be typed, and runs it.
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function show(words, env) {
  console.log(dim(`$ atlas-streams ${words.join(" ")}`));
  return new Promise((done, fail) =>
    spawn(process.execPath, [command, ...words], { env, stdio: "inherit" })
      .on("error", fail)
      .on("exit", (code) => done(code ?? 1)),
  );
}
