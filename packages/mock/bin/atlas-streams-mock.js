#!/usr/bin/env node
// Whoever started this may be gone before the mock is loaded: look first.
const parent = process.ppid;
const { run } = await import("../dist/cli.js");

process.exitCode = await run(process.argv.slice(2), parent);
