import { expect, test } from "vitest";
import { parseArguments } from "../../src/command/arguments.js";

test("Without arguments it is a mock on port 4010 that checks credentials", () => {
  const off = { quiet: false, stay: false, help: false, version: false, tls: false, cors: false };
  const nothing = { port: 4010, auth: "check", seed: 1, names: [], ...off };
  expect(parseArguments([])).toEqual(nothing);
});

test.each([
  [["--port", "http"], "--port takes a number, not http"],
  [["--port", "65536"], "--port takes a number up to 65535, not 65536"],
  [["--auth", "none"], "--auth takes check or any, not none"],
  [["--seed", "x"], "--seed takes a number, not x"],
  [["--proxy", "cloud.mongodb.com"], "--proxy takes a URL, not cloud.mongodb.com"],
  [["--proxy", "http://127.0.0.1", "--faults", "5%"], "--faults is of the mock, and --proxy is no mock"],
  [["--proxy", "http://127.0.0.1", "--record", "file"], "--record is of the mock, and --proxy is no mock"],
  [["--ca", "file"], "--ca needs --tls"],
  [["--quite"], "Unknown option '--quite'; did you mean --quiet?"],
  [["--colour"], "Unknown option '--colour'; --help shows what there is"],
  [["file.json"], "Unexpected argument 'file.json'"],
])("%j is a mistake that has a sentence", (options, sentence) => {
  expect(() => parseArguments(options)).toThrow(sentence);
});
