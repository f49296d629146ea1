import { afterAll, expect } from "vitest";
import { noteEnd } from "./uses.js";

afterAll(() => noteEnd(expect.getState().testPath ?? ""));
