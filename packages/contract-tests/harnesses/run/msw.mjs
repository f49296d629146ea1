import { setupServer } from "msw/node";
import { report } from "./report.mjs";

const server = setupServer();
server.listen({ onUnhandledRequest: "bypass" });
await report();
server.close();
