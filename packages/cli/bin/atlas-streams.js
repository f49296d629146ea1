#!/usr/bin/env node
// What is linked when the packages are installed has to be there before it is built.
import "../dist/atlas-streams.mjs";
