import { report } from "./report.mjs";

await report();
