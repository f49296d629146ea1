// Compiles the bundled description into dist/: as for anybody's description, and the kinds that only ours has.
import { readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeModules } from "@atlas-streams/generate";
import { describeKinds } from "./kinds.mjs";

const source = fileURLToPath(import.meta.resolve("@atlas-streams/spec/openapi.json"));
const description = JSON.parse(await readFile(source, "utf8"));
const dist = fileURLToPath(new URL("dist", import.meta.url));
await rm(dist, { recursive: true, force: true }); // nobody can leave an edit there
await writeModules(dist, description, { kinds: describeKinds(description) });
