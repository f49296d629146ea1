import { expect, test } from "@jest/globals";
import { report } from "./report.mjs";

test("twenty calls", async () => expect(await report()).toEqual([]), 60_000);
