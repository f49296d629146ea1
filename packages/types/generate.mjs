// Compiles the bundled description into dist/: as for anybody's description, and the kinds that only ours has.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeModules } from "@atlas-streams/generate";
import { describeKinds } from "./kinds.mjs";

const source = fileURLToPath(import.meta.resolve("@atlas-streams/spec/openapi.json"));
const description = JSON.parse(await readFile(source, "utf8"));
await writeModules(fileURLToPath(new URL("dist", import.meta.url)), description, { kinds: describeKinds(description) });
