import { endMeanings, exitCodes } from "../exit-codes.js";
import type { Screen } from "../terminal/terminal.js";
import { proseFor } from "../terminal/text.js";

type Topic = (screen: Screen) => string;

function exitCodeHelp(screen: Screen): string {
  const rows = Object.entries(exitCodes).map(([end, code]) => {
    const meaning = endMeanings[end as keyof typeof endMeanings];
    return `${screen.paint("bold", String(code).padStart(4))}  ${meaning}\n`;
  });
  return `How a command ended, by its exit code:\n\n${rows.join("")}\nWhere several things failed, it is the gravest: a wrong input, a failed connection, a refusal, an absence, the network, the time.\n`;
}

/** Paragraphs wrapped at the edge of the screen; what is indented is left as it is. */
function pageOf(text: string): Topic {
  return (screen) =>
    text
      .trim()
      .split("\n")
      .map((line) => (line.startsWith("  ") ? line : proseFor(screen, line)))
      .join("\n")
      .concat("\n");
}

const credentials = `
Credentials come from the environment or from a profile, never from the command line, and are never printed.

  MONGODB_ATLAS_CLIENT_ID, MONGODB_ATLAS_CLIENT_SECRET    a service account; it goes before an API key
  MONGODB_ATLAS_PUBLIC_KEY, MONGODB_ATLAS_PRIVATE_KEY     an API key
  MONGODB_ATLAS_PUBLIC_API_KEY, …_PRIVATE_API_KEY         the same, as the official command line spells them
  MONGODB_ATLAS_PROJECT_ID                                the project, where --projectId is not given
  MONGODB_ATLAS_BASE_URL                                  the service, if it is not https://cloud.mongodb.com

Profiles are in ~/.config/atlas-streams/config.yaml, which nobody else may be able to read (chmod 600). atlas-streams login writes it:

  profiles:
    default:
      clientId: mdb_sa_id_…
      clientSecret: mdb_sa_sk_…
      projectId: 32b6e34b3d91647abb20e7b8

--profile NAME goes before the environment, the environment before the profile named default.

The token of a service account is kept in ~/.cache/atlas-streams/tokens, for you alone, and shared by all commands until it is due: the service allows few logins a minute. With --no-cache a command gets one of its own and gives it back.
`;

const waiting = `
create --wait, update --wait, delete --wait, apply and wait look again and again, at intervals that grow from two seconds to half a minute. Waiting for many costs what waiting for one costs.

A wait ends

  when all that is waited for is there, or gone           0
  where one has failed, as soon as the others have ended  6
  where one is not there, after the first half minute     5
  when the time is up: --timeout 90m, else an hour        7
  at Ctrl-C, at once                                      130

What may pass is waited out: a service that is down, too many requests, a broken connection. A wait keeps nothing: end it, and begin it again anywhere with the same command. The connection goes its way all the same.

In a terminal there is one line, drawn anew. In a log, and with CI set, there is a line for each change and one a minute.
`;

const proxies = `
HTTPS_PROXY=http://proxy.example:3128 sends all calls through a proxy; NO_PROXY=host,.domain,host:port names what goes without it. Upper case and lower case are the same.

A proxy that opens the encryption has a certificate of its own: NODE_EXTRA_CA_CERTS=/path/to/its.pem makes it trusted. atlas-streams doctor tells a proxy, a certificate and a network that is down apart.
`;

/** What help there is beside that of the commands. */
export const topics: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ["exit-codes", exitCodeHelp],
  ["credentials", pageOf(credentials)],
  ["waiting", pageOf(waiting)],
  ["proxies", pageOf(proxies)],
]);
