import nock from "nock";
import { report } from "./report.mjs";

nock("https://cloud.mongodb.com").get("/").reply(200);
nock.enableNetConnect();
await report();
nock.restore();
