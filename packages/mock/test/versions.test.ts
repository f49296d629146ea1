import { expect, test } from "vitest";
import { ask, connectionPath, groupPath, mockFor } from "./helpers.js";

const updatePath = connectionPath;
const detailsPath = `${groupPath}/streams/accountDetails?cloudProvider=aws&regionName=US_EAST_1`;

test("A later date gets the newest version that is not newer, and the answer names that version", async () => {
  const mock = await mockFor({ auth: "any" });
  for (const date of ["2023-02-01", "2024-07-04", "2025-03-12", "2099-12-31"]) {
    const { status, headers } = await ask(mock, "GET", connectionPath, { date });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/vnd.atlas.2023-02-01+json;charset=utf-8");
  }
});

test("Each operation has a first version of its own, and no answer before it", async () => {
  const mock = await mockFor({ auth: "any" });
  const older = [
    await ask(mock, "GET", connectionPath, { date: "2023-01-31" }),
    await ask(mock, "GET", detailsPath, { date: "2024-11-12" }),
    await ask(mock, "PATCH", updatePath, { date: "2023-02-01", body: { dnsDomain: "sample.example" } }),
  ];
  for (const { status, body } of older) {
    expect(status).toBe(406);
    expect(body).toEqual({
      error: 406,
      errorCode: "INVALID_VERSION_DATE",
      reason: "Not Acceptable",
      detail: "Invalid accept header or version date.",
      parameters: [],
    });
  }
});

test("An Accept that names no date is not acceptable", async () => {
  const mock = await mockFor({ auth: "any" });
  const dateless = [
    "application/json",
    "*/*",
    "text/html",
    "application/vnd.atlas.2024-13-45+json",
    "application/vnd.atlas.2025-02-30+json",
    "application/vnd.atlas.2025-02-29+json",
    "application/vnd.atlas.2025-04-31+json",
    "application/vnd.atlas.2025-00-10+json",
    "application/vnd.atlas.preview+json",
  ];
  for (const accept of dateless) {
    expect((await ask(mock, "GET", connectionPath, { headers: { accept } })).status).toBe(406);
  }
});

test("A date among other types is enough", async () => {
  const mock = await mockFor({ auth: "any" });
  const accept = "text/html, application/vnd.atlas.2025-03-12+json;q=0.9, */*;q=0.1";
  expect((await ask(mock, "GET", connectionPath, { headers: { accept } })).status).toBe(200);
});

test("A body may be plain JSON", async () => {
  const mock = await mockFor({ auth: "any" });
  const body = { provider: "GCP", vendor: "PUBSUB", region: "us-east4" };
  const { status } = await ask(mock, "POST", `${groupPath}/streams/privateLinkConnections`, {
    body,
    headers: { "content-type": "application/json" },
  });
  expect(status).toBe(200);
});
