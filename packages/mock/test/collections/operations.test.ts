import { expect, test } from "vitest";
import { ask, groupPath, listPath, mockFor, msk } from "../helpers.js";

const workspaces = `${groupPath}/streams`;
const workspace = { name: "mine", dataProcessRegion: { cloudProvider: "AWS", region: "VIRGINIA_USA" } };
const kafka = {
  name: "mine-kafka",
  type: "Kafka",
  bootstrapServers: "example.com:9098",
  authentication: { mechanism: "SCRAM-512", username: "streams", password: "not-a-real-password" },
  security: { protocol: "SASL_SSL" },
};

test("What is made is read, listed, changed and removed as it was made, without a line of code of its own", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const made = await ask(mock, "POST", workspaces, { body: workspace });
  expect(made).toMatchObject({ status: 200, body: { ...workspace, groupId: "32b6e34b3d91647abb20e7b8" } });
  expect(made.body._id).toMatch(/^[a-f0-9]{24}$/);
  expect(made.body.hostnames).toEqual(["mine.virginia-usa.a.query.example.net"]);

  expect((await ask(mock, "GET", `${workspaces}/mine`)).body).toEqual(made.body);
  expect((await ask(mock, "GET", workspaces)).body).toMatchObject({ results: [made.body], totalCount: 1 });

  const body = { cloudProvider: "AWS", region: "OREGON_USA", streamConfig: { tier: "SP50" } };
  const changed = await ask(mock, "PATCH", `${workspaces}/mine`, { body });
  expect(changed.body).toEqual({
    ...made.body,
    dataProcessRegion: { cloudProvider: "AWS", region: "OREGON_USA" },
    streamConfig: { tier: "SP50" },
  });
  expect((await ask(mock, "GET", `${workspaces}/mine`)).body).toEqual(changed.body);

  expect(await ask(mock, "DELETE", `${workspaces}/mine`)).toMatchObject({ status: 202, text: "{}" });
  expect(await ask(mock, "GET", `${workspaces}/mine`)).toMatchObject({ status: 404 });
  expect((await ask(mock, "GET", workspaces)).body).toMatchObject({ results: [], totalCount: 0 });
});

test("What stands inside another thing is there only while that is", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const missing = {
    status: 404,
    body: {
      errorCode: "STREAM_TENANT_NOT_FOUND_FOR_NAME",
      detail: "Stream instance for project 32b6e34b3d91647abb20e7b8 and name mine not found.",
    },
  };
  const inside = `${workspaces}/mine/connections`;
  expect(await ask(mock, "POST", inside, { body: kafka })).toMatchObject(missing);
  expect(await ask(mock, "GET", inside)).toMatchObject(missing);

  await ask(mock, "POST", workspaces, { body: workspace });
  expect(await ask(mock, "GET", `${inside}/mine-kafka`)).toMatchObject({
    status: 404,
    body: {
      errorCode: "STREAM_CONNECTION_NOT_FOUND_FOR_NAME",
      parameters: ["mine-kafka", "32b6e34b3d91647abb20e7b8", "mine"],
    },
  });
  expect((await ask(mock, "POST", inside, { body: kafka })).status).toBe(200);
  await ask(mock, "DELETE", `${workspaces}/mine`);
  expect(await ask(mock, "GET", `${inside}/mine-kafka`)).toMatchObject(missing);

  await ask(mock, "POST", workspaces, { body: workspace });
  expect((await ask(mock, "GET", inside)).body.results).toEqual([]);
});

test("Of a name there is one, until it is removed; in another place there may be another", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  await ask(mock, "POST", workspaces, { body: workspace });
  await ask(mock, "POST", workspaces, { body: { ...workspace, name: "other" } });
  for (const name of ["mine", "other"])
    expect((await ask(mock, "POST", `${workspaces}/${name}/connections`, { body: kafka })).status).toBe(200);
  expect(await ask(mock, "POST", `${workspaces}/mine/connections`, { body: kafka })).toMatchObject({
    status: 409,
    body: {
      errorCode: "STREAM_CONNECTION_NAME_ALREADY_EXISTS",
      detail: "A Stream connection with the name mine-kafka already exists.",
    },
  });
  expect((await ask(mock, "POST", workspaces, { body: workspace })).body.parameters).toEqual(["mine"]);
  await ask(mock, "DELETE", `${workspaces}/mine/connections/mine-kafka`);
  expect((await ask(mock, "POST", `${workspaces}/mine/connections`, { body: kafka })).status).toBe(200);
});

test("What is only ever written does not come back, and what the service fills in depends on the kind", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  await ask(mock, "POST", workspaces, { body: workspace });
  const inside = `${workspaces}/mine/connections`;
  const { body, text } = await ask(mock, "POST", inside, { body: kafka });
  expect(text).not.toContain("not-a-real-password");
  expect(body).toMatchObject({
    state: "READY",
    region: "VIRGINIA_USA",
    authentication: { username: "streams" },
    networking: { access: { type: "PUBLIC" } },
  });

  const update = { ...kafka, authentication: { ...kafka.authentication, username: "other" } };
  const changed = await ask(mock, "PATCH", `${inside}/mine-kafka`, { body: update });
  // As recorded: the answer to an update has no state.
  expect(changed.body).toEqual({
    ...body,
    state: undefined,
    authentication: { mechanism: "SCRAM-512", username: "other" },
  });
  expect((await ask(mock, "GET", `${inside}/mine-kafka`)).body).toEqual({ ...changed.body, state: "READY" });
});

test("A body of one kind is told what is wrong with that kind", async () => {
  const mock = await mockFor({ auth: "any" });
  const { status, body } = await ask(mock, "POST", `${workspaces}/mine/connections`, {
    body: { name: "mine", type: "Cluster", cluster: "mine" },
  });
  expect(status).toBe(400);
  expect(body.badRequestDetail.fields).toEqual(
    expect.arrayContaining([
      { field: "clusterName", description: "must not be missing" },
      { field: "cluster", description: "is not a field of this resource" },
    ]),
  );
});

test("Without connections that are given, the description's examples are there, and any name is one of them", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "GET", workspaces)).body.results.map(({ name }) => name)).toEqual([
    "orders",
    "payments",
    "clicks",
  ]);
  expect((await ask(mock, "GET", `${workspaces}/any%20name`)).body.name).toBe("any name");
  expect((await ask(mock, "GET", `${workspaces}/any/connections/thing`)).body.name).toBe("thing");
  await ask(mock, "DELETE", `${workspaces}/orders`);
  expect((await ask(mock, "GET", `${workspaces}/orders`)).status).toBe(404);
});

test("A Private Link cannot be removed while a stream connection goes through it", async () => {
  const mock = await mockFor({ auth: "any", connections: [] });
  const { _id } = (await ask(mock, "POST", listPath, { body: msk })).body;
  await ask(mock, "POST", workspaces, { body: workspace });
  const networking = { access: { type: "PRIVATE_LINK", connectionId: _id } };
  const { status } = await ask(mock, "POST", `${workspaces}/mine/connections`, { body: { ...kafka, networking } });
  expect(status).toBe(200);
  expect(await ask(mock, "DELETE", `${listPath}/${_id}`)).toMatchObject({
    status: 400,
    body: { errorCode: "STREAM_PRIVATE_LINK_IN_USE" },
  });
  await ask(mock, "DELETE", `${workspaces}/mine/connections/mine-kafka`);
  expect((await ask(mock, "DELETE", `${listPath}/${_id}`)).status).toBe(202);
});

test("A fixed part of a path comes before a parameter, whatever the method", async () => {
  const mock = await mockFor({ auth: "any" });
  expect((await ask(mock, "GET", listPath)).body.results[0]?.vendor).toBe("MSK");
  expect(
    (await ask(mock, "GET", `${groupPath}/streams/accountDetails?cloudProvider=aws&regionName=US_EAST_1`)).body,
  ).toMatchObject({ cloudProvider: "aws" });
  expect((await ask(mock, "DELETE", `${groupPath}/streams/accountDetails`)).status).toBe(405);
  // As an id it is malformed; it is not the list of a workspace's connections.
  expect((await ask(mock, "GET", `${listPath}/connections`)).status).toBeGreaterThanOrEqual(400);
});
