import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type MovingClock, startClock } from "@atlas-streams/testing";
import { onTestFinished } from "vitest";
import { loadPlatform } from "../../../../src/call/network.js";
import { type AtlasClient, type ClientOptions, createClient, serviceAccount } from "../../../../src/index.js";
import { type Service, type Story, startService } from "./service.js";

/** A service on this machine and a client of it, both in one time that the test moves. */
export interface World {
  readonly clock: MovingClock;
  readonly service: Service;
  /** The client's connections. */
  readonly connections: AtlasClient["privateLinkConnections"];
  /** Another client of the same service. */
  connect(options?: ClientOptions): AtlasClient["privateLinkConnections"];
}

/** Tells how many requests of clients in this process are under way, until the test has finished. */
export function watchNetwork(): () => number {
  let underWay = 0;
  const begin = () => {
    underWay++;
  };
  const end = () => {
    underWay--;
  };
  subscribe("atlas-streams:request", begin);
  subscribe("atlas-streams:response", end);
  onTestFinished(() => {
    unsubscribe("atlas-streams:request", begin);
    unsubscribe("atlas-streams:response", end);
  });
  return () => underWay;
}

export async function startWorld(stories: Readonly<Record<string, Story>> = {}, options?: ClientOptions) {
  await loadPlatform(); // the clock moves while no request is under way, and loading is none
  const underWay = watchNetwork();
  const clock = startClock({ isQuiet: () => underWay() === service.held });
  const service = await startService(clock);
  onTestFinished(() => service.stop());
  await service.has(stories);

  const connect: World["connect"] = (own) =>
    createClient({ baseUrl: service.url, auth: serviceAccount(service.account), clock, ...own }).privateLinkConnections;
  const world: World = { clock, service, connections: connect(options), connect };
  return world;
}
