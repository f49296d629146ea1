// The suite on a runtime that starts a module: Node, Bun and Deno. It ends by itself, unless the client keeps it alive.
import { run } from "./suite/run.mjs";

const [servers = "", runtime = ""] = process.argv.slice(2).map((word) => JSON.parse(word));
console.log(JSON.stringify(await run(servers, runtime)));
