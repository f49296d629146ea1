import { parseArgs } from "node:util";
import { startMock } from "./start-mock.js";

const help = `Usage: atlas-streams-mock [--port PORT] [--auth check|any]

A mock of the Private Link API of MongoDB Atlas Stream Processing, on 127.0.0.1.
`;

/** The command `atlas-streams-mock`: runs until it is told to stop, and gives the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { port: { type: "string", default: "4010" }, auth: { type: "string", default: "check" }, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const mock = await startMock({ port: Number(values.port), auth: values.auth === "any" ? "any" : "check" }).catch(
    (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE" ? `port ${values.port} is taken; try another one: --port 0 finds a free one` : error.message;
      process.stderr.write(`atlas-streams-mock: ${why}\n`);
    },
  );
  if (!mock) return 1;
  const { digest, serviceAccount } = mock.credentials;
  process.stdout.write(`Mock of the Atlas Private Link API at ${mock.url}

  API key           ${digest.publicKey} : ${digest.privateKey}
  service account   ${serviceAccount.clientId} : ${serviceAccount.clientSecret}

  curl --digest --user '${digest.publicKey}:${digest.privateKey}' \\
    --header 'Accept: application/vnd.atlas.2023-02-01+json' \\
    ${mock.url}/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/streams/privateLinkConnections/66f0c1d2e3a4b5c6d7e8f901

Ctrl-C stops it.
`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await mock.stop();
  return 0;
}
