import assert from "node:assert/strict";
import test from "node:test";
import { report } from "./report.mjs";

test("twenty calls", async () => assert.deepEqual(await report(), []));
