import { check, equal } from "./check.mjs";
import { groupId } from "./place.mjs";

/** @type {import("./run.mjs").Cases} */
export const telling = {
  "User-Agent says which runtime it is": async (place) => {
    await place.connect("a service account", { userAgent: "portal/2.1" }).privateLinkConnections.listPage({ groupId });
    for (const { headers } of await place.control("GET", "requests")) {
      const agent = headers["user-agent"];
      const [, runtime] = /^portal\/2\.1 atlas-streams\/[\d.]+ \(([^)]*)\)$/.exec(agent) ?? [];
      check(
        runtime?.split(/[/;]/)[0] === place.runtime.agent,
        `It says «${agent}», and the runtime is ${place.runtime.agent}.`,
      );
    }
  },
  "requests, answers and tokens are told where there are channels": async ({ connect, runtime }) => {
    const { process } = /** @type {{ process?: Partial<NodeJS.Process> }} */ (globalThis);
    const library = runtime.channels
      ? (process?.getBuiltinModule?.("node:diagnostics_channel") ?? (await import("node:diagnostics_channel")))
      : undefined;
    /** @type {string[]} */
    const told = [];
    const names = ["request", "response", "token"];
    const listeners = names.map((name) => /** @type {const} */ ([`atlas-streams:${name}`, () => void told.push(name)]));
    for (const [name, listener] of listeners) library?.subscribe(name, listener);
    await connect().privateLinkConnections.listPage({ groupId });
    for (const [name, listener] of listeners) library?.unsubscribe(name, listener);
    const wanted = ["request", "response", "token", "request", "response"];
    equal(told, runtime.channels ? wanted : [], "what was told");
  },
  "the client holds no secret that could be read off it": async ({ connect, secrets }) => {
    const atlas = connect();
    await atlas.privateLinkConnections.listPage({ groupId });
    const shown = JSON.stringify(atlas) + String(atlas);
    for (const secret of secrets) check(!shown.includes(secret), "A secret stands in the client.");
  },
};
