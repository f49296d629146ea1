import { readFile } from "node:fs/promises";
import { createClient, serviceAccount } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
import { expect, onTestFinished, test } from "vitest";

const guide = new URL("../errors.md", import.meta.url);
const groupId = "32b6e34b3d91647abb20e7b8";
/** A login that has to be renewed, and two that Node's fetch does not hand on. */
const ofTheirOwn = [401, 407, 421];
const statuses = Array.from({ length: 200 }, (_, index) => 400 + index).filter((each) => !ofTheirOwn.includes(each));

/** The statuses that a row of the guide names: `429`, `5xx save 501 and 505`. */
function statusesIn(row: string): number[] {
  const [included = "", excluded = ""] = row.split(" save ");
  const isNamed = (text: string, status: number) =>
    text.includes(String(status)) || text.includes(`${Math.floor(status / 100)}xx`);
  return statuses.filter((status) => isNamed(included, status) && !isNamed(excluded, status));
}

test("the guide names the statuses that are tried again, and no others", async () => {
  const rows = (await readFile(guide, "utf8"))
    .split("\n")
    .filter((line) => / repeated +\| (repeated|thrown) /.test(line));
  const named = rows.flatMap((row) => statusesIn(row.split("|")[1] ?? "")).sort((one, other) => one - other);
  const mock = await startMock({ connections: [] });
  onTestFinished(() => mock.stop());
  const auth = serviceAccount(mock.credentials.serviceAccount);
  const atlas = createClient({ auth, baseUrl: mock.url, retry: { attempts: 2, baseDelayMs: 0 } });
  const repeated: number[] = [];
  for (const status of statuses) {
    mock.setFaults([{ path: "/api/atlas/", nth: 1, fault: { kind: "answer", status, body: { error: status } } }]);
    await atlas.privateLinkConnections.listPage({ groupId }).then(
      () => repeated.push(status),
      () => {},
    );
  }
  expect(named).toEqual(repeated);
});
