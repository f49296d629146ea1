// What the description has to say in two places, it has to say alike.
import assert from "node:assert/strict";
import { test } from "vitest";
import { description, examplesOf, find, unique } from "./bundle.mjs";

const { schemas } = description.components;

const branchesOf = (name) =>
  schemas[name].oneOf.map((branch) => ({ name: branch.$ref.split("/").at(-1), ...find(branch) }));
const isFixed =
  (property) =>
  ({ properties }) =>
    find(properties[property])?.const !== undefined;
const fixed = (branches, property) =>
  unique(branches.filter(isFixed(property)).map(({ properties }) => properties[property].const));
const requests = branchesOf("PrivateLinkConnectionRequest");
const kinds = requests.filter(isFixed("provider"));
const unlisted = schemas.UnlistedVendorRequest.properties;
const read = schemas.PrivateLinkConnection.properties;

test("a vendor is unlisted exactly if no request is of it", () => {
  const pattern = new RegExp(unlisted.vendor.pattern);
  assert.deepEqual(
    fixed(kinds, "vendor").filter((vendor) => pattern.test(vendor)),
    [],
  );
  assert.ok(["NEWER", "MSK2", "S"].every((vendor) => pattern.test(vendor)));
  assert.ok(!pattern.test("msk"));
});

test("no pair of provider and vendor has two requests", () => {
  const pairs = kinds.map(({ properties }) => `${properties.provider.const} ${properties.vendor.const}`);
  assert.equal(pairs.length, unique(pairs).length);
});

for (const {
  name,
  properties,
  additionalProperties,
  "x-identified-by": identifiedBy,
  "x-assigned": assigned = [],
} of kinds) {
  test(`${name} fits what is read`, () => {
    assert.equal(additionalProperties, false);
    assert.deepEqual(
      Object.keys(properties).filter((field) => !read[field] || find(read[field]).readOnly),
      [],
      "fields that are never read, or only read",
    );
    assert.ok(
      identifiedBy?.length && identifiedBy.every((field) => properties[field]),
      "x-identified-by names fields of the request",
    );
    assert.ok(
      assigned.every((field) => read[field] && !properties[field]),
      "x-assigned names fields that only the answer has",
    );
  });
}

test("an unlisted vendor has an example, and no answer to a create has a state", () => {
  const { post } = description.paths["/api/atlas/v2/groups/{groupId}/streams/privateLinkConnections"];
  const bodies = Object.values(examplesOf(post.requestBody));
  assert.ok(bodies.some(({ vendor }) => new RegExp(unlisted.vendor.pattern).test(vendor)));
  assert.ok(Object.values(examplesOf(post.responses["200"])).every((value) => !("state" in value)));
});

test("the error that says that there is one already has an example, with the answer that names it", () => {
  const named = Object.values(description.components.responses).filter((response) => response["x-already-exists"]);
  assert.equal(named.length, 1);
  const [{ content, "x-already-exists": code }] = named;
  const shown = Object.values(content["application/json"].examples).map((example) => find(example).value.errorCode);
  assert.ok(shown.includes(code));
});

test("accounts are those of the providers that can be asked for", () => {
  const known = fixed(branchesOf("AccountDetails"), "cloudProvider");
  const pattern = new RegExp(schemas.UnlistedAccountDetails.properties.cloudProvider.pattern);
  assert.deepEqual(unique(description.components.parameters.cloudProvider.schema["x-extensible-enum"]), known);
  assert.deepEqual(
    known.filter((provider) => pattern.test(provider)),
    [],
  );
});
