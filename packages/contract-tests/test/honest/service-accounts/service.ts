import { type Mock, type MockOptions, startMock } from "@atlas-streams/mock";
import { startClock } from "@atlas-streams/testing";
import { onTestFinished } from "vitest";
import { type HostileServer, startHostileServer } from "../hostile-server.js";

export const revokePath = "/api/oauth/revoke";
export const minutes = 60_000;
export const start = startClock().now();
export const kind = "a service account";

export async function startService(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock(options);
  onTestFinished(() => mock.stop());
  return mock;
}

export async function startHostile(...behaviours: Parameters<typeof startHostileServer>): Promise<HostileServer> {
  const server = await startHostileServer(...behaviours);
  onTestFinished(() => server.stop());
  return server;
}

export const asked = ({ requests }: Mock, path: string) => requests.filter((request) => request.path === path);
export const calls = ({ requests }: Mock) => requests.filter(({ path }) => path.startsWith("/api/atlas/"));
export const inParallel = (count: number, work: (index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
