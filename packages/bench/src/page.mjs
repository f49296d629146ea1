import { availableParallelism } from "node:os";
import { mostBytes } from "./bundle-size.mjs";
import { calls } from "./counts.mjs";
import { extent } from "./cpu.mjs";
import { crowd, patienceMs } from "./crowd.mjs";
import { goalRows } from "./goals.mjs";

/**
 * Everything that was measured.
 * @typedef {object} Results
 * @property {Date} date
 * @property {Map<string, string>} versions
 * @property {import("./counts.mjs").DigestCounts[]} digest
 * @property {import("./counts.mjs").TokenCounts[]} token
 * @property {Awaited<ReturnType<typeof import("./cpu.mjs").measureCpu>>} inTurn
 * @property {Awaited<ReturnType<typeof import("./cpu.mjs").measureCpu>>} parallel
 * @property {Map<string, number>} imports
 * @property {import("./cold-start.mjs").ColdStart[]} coldStarts
 * @property {import("./crowd.mjs").Bounds[]} bounds
 * @property {import("./waiting-cost.mjs").WaitingCost[]} waits
 * @property {Map<string, { minified: number, gzipped: number }>} sizes
 */

/**
 * The page, as Markdown.
 * @param {Results} results
 */
export function pageOf(results) {
  const { date, versions, digest, token, inTurn, parallel, imports, sizes, coldStarts, bounds, waits } = results;
  const { batch, processes, rounds, warmUp } = extent;
  return `<!-- Written by \`pnpm bench\`: changes made here are lost. -->

# Benchmarks

Measured on ${date.toISOString().slice(0, 10)} with Node ${process.versions.node} on ${process.platform} ${process.arch} with ${availableParallelism()} cores, everything in one run of \`pnpm bench\` against one local server in its own process. Its answers are one example of the description, with the headers that a development system of the service was recorded to send, values filled in where none was. Counts are exact; times are medians, and will differ on your machine.

${table(["package", "version"], [["`fetch`", `that of Node ${process.versions.node}`], ...[...versions].map(([name, version]) => [`\`${name}\``, version])])}

"Ours" is this client as it comes: retries, timeout, deadline, checks of arguments and answers, all on.

## Goals

What was set before anything was measured, and what this run found. A ratio is to bare \`fetch\`, unless it says otherwise.

${table(["what", "at most", "measured", ""], goalRows(results))}

Over \`fetch\`, a goal of 1.20 leaves no room: a time limit alone costs the tenth that "fetch, with a timeout" shows, since \`fetch\` follows a signal of its own for each request, and \`openapi-fetch\`, which builds URLs and bodies here too, costs the fifth of its own row. What this client adds on top of both is the rest. That is why it sends by \`node:http\` where it can.

## Round trips with digest credentials

Requests that arrived for ${calls} calls, by the server's own ledger; ${calls} is the least possible, ${calls + 1} with the challenge that comes first. "Used twice" are nonce counts that arrived a second time: the server here only writes them down, where a strict one refuses them as a replay (RFC 7616, section 5.5).

${table(
  ["client", "in turn", "in parallel, warm", "used twice", "in parallel, cold", "used twice"],
  digest.map(({ name, inTurn: turn, warm, cold }) => [
    name,
    turn.requests,
    warm.requests,
    warm.countsUsedTwice,
    cold.requests,
    cold.countsUsedTwice,
  ]),
)}

\`fetch\`, \`openapi-fetch\` and \`mcp-atlas-api-client\` know no digest.

## Token requests with a service account

Requests to the token endpoint for ${calls} parallel calls of a client that has no token yet, and for ${calls} more in turn. Atlas lets an account hold 100 live tokens; the next request is refused.

${table(
  ["client", `${calls} in parallel, cold`, `${calls} more, in turn`],
  token.map(({ name, cold, inTurn: turn }) => [name, cold.tokenRequests, turn.tokenRequests]),
)}

\`fetch\`, \`openapi-fetch\`, \`digest-fetch\` and \`mongodb-atlas-api-client\` fetch no tokens.

## CPU time a call

The process's CPU time, user and system, garbage collection and compilation included, as a ratio to bare \`fetch\`: ids put into a URL, a header that logs in, \`response.json()\`. ${processes} processes; in each, after ${warmUp} calls of everybody, ${rounds} rounds in which everybody makes a batch of ${batch} calls in a new random order. The ratio is taken in each round; the table shows the median of all ${processes * rounds} rounds, and the quartiles. The last line is bare \`fetch\` again, to show what the measurement itself is worth.

${table(
  ["client", `${batch} in turn`, "quartiles", `${batch} in parallel`, "quartiles"],
  inTurn.ratios.map((one) => {
    const other = parallel.ratios.find(({ name }) => name === one.name) ?? one;
    return [one.name, one.median.toFixed(2), quartiles(one), other.median.toFixed(2), quartiles(other)];
  }),
)}

A call of bare \`fetch\` took ${inTurn.microsecondsOfFetch.toFixed(0)} µs in turn and ${parallel.microsecondsOfFetch.toFixed(0)} µs in parallel. A peer that needs two round trips pays for both; \`mongodb-atlas-api-client\` does not use \`fetch\` but \`urllib\`.

## Cold start

From the start of a process to the first connection read and printed, the login included, over a process of the same moment that does nothing: the median of 15 rounds. Bare \`fetch\` loads a whole HTTP client at its first call.

${table(
  ["client", "ms", "as a ratio to fetch"],
  coldStarts.map(({ name, milliseconds }) => [
    name,
    milliseconds.toFixed(0),
    (milliseconds / (coldStarts[0]?.milliseconds ?? Number.NaN)).toFixed(2),
  ]),
)}

## Bounds

Connections open at once for ${crowd.toLocaleString("en")} parallel calls, as the server saw them; and by how much the process grew within ${patienceMs / 1000} seconds while it read an answer that never ends, and how that call ended.

${table(
  ["client", "connections", "MB", "ended with"],
  bounds.map(({ name, connections, megabytes, ended }) => [name, connections, megabytes.toFixed(0), ended]),
)}

## What a wait costs

CPU time of the process a wait, by how many wait at once for connections of one project; each takes three looks, which all of them share. Ten times as many are to cost ten times as much. What is left of a difference is mostly V8's garbage collector: the objects of few waits are gone before it comes, those of many have to be kept, copied and marked again and again. The third column is how long it held the process up; what its helper threads did beside is in the CPU time too.

${table(
  ["waits at once", "µs a wait", "of which collecting", "as a ratio to the first"],
  waits.map(({ count, microseconds, collecting }) => [
    count.toLocaleString("en"),
    microseconds.toFixed(0),
    collecting.toFixed(0),
    (microseconds / (waits[0]?.microseconds ?? Number.NaN)).toFixed(2),
  ]),
)}

## Import time and size

Import time: by how much longer a fresh process lives that imports the package and ends than one of the same moment that does nothing, the median of 31 rounds. Size: \`esbuild --bundle --minify --platform=node --format=esm\` of everything that the package exports, with all its dependencies, Node's own modules left out; gzipped with \`gzip -9\`. A check holds the size of ours to ${mostBytes.toLocaleString("en")} bytes, a twentieth above what it was when somebody looked last.

${table(
  ["package", "import, ms", "minified, bytes", "gzipped, bytes"],
  [...sizes].map(([name, { minified, gzipped }]) => [
    `\`${name}\``,
    imports.get(name)?.toFixed(1) ?? "",
    minified.toLocaleString("en"),
    gzipped.toLocaleString("en"),
  ]),
)}

## How the peers were used

Each as its documentation says, and unchanged.

- \`mongodb-atlas-api-client\` has no Private Link and only the API's version 1.0: it reads a cluster by name, and the server answers with the same bytes.
- \`mcp-atlas-api-client\` refuses to fetch a token over \`http://\`. Its credentials were given an \`https://\` URL and, by its own option \`httpClient\`, a \`fetch\` that brings that one request to the local server. Its calls go over \`http://\` with the global \`fetch\`, as everybody's do.
- \`digest-fetch\` is given a new options object for each call, since it writes into the one that it gets.
- The ratios are for unequal work. Only \`mongodb-atlas-api-client\` and ours give up in time, and only ours repeats what may be repeated, obeys a deadline, checks ids and judges answers.
`;
}

/** @param {import("./cpu.mjs").Ratio} ratio */
function quartiles({ lower, upper }) {
  return `${lower.toFixed(2)} to ${upper.toFixed(2)}`;
}

/**
 * @param {string[]} heads
 * @param {(string | number)[][]} rows
 */
function table(heads, rows) {
  const rule = heads.map((_, column) => (column === 0 ? "---" : "---:"));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
