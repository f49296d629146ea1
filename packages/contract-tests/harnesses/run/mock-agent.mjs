// undici's MockAgent stands in front of fetch, so the calls go by that.
import { fetch, MockAgent, setGlobalDispatcher } from "undici";
import { report } from "./report.mjs";

const agent = new MockAgent();
agent.enableNetConnect();
setGlobalDispatcher(agent);
await report({ fetch: (url, init) => fetch(url, init) });
