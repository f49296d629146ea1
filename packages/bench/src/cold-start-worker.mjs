// One cold start: reads a connection with one contestant, prints it, and ends.
import { contestants } from "./contestants.mjs";

const [, , name, site = "{}"] = process.argv;
const contestant = contestants.find((each) => each.name === name);
if (contestant) {
  const read = await contestant.open(JSON.parse(site));
  console.log(JSON.stringify(await read()));
  process.exit(); // connections that are kept for a next call are no part of it
}
