// What is made, is read: so the two have to agree, whatever the resource.
import assert from "node:assert/strict";
import { test } from "vitest";
import { description, examplesOf, find, mediaOf, unique } from "./bundle.mjs";

const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  ["get", "post", "patch", "delete"]
    .filter((method) => item[method])
    .map((method) => ({ path, method, item, ...item[method] })),
);

/** Each resource that can be made at one path and read at that path and one parameter. */
const resources = operations
  .filter(({ method }) => method === "post")
  .flatMap((create) => {
    const get = operations.find(
      ({ path, method }) =>
        method === "get" && path.startsWith(`${create.path}/`) && /^\/\{\w+\}$/.test(path.slice(create.path.length)),
    );
    return get ? [{ create, get, read: find(mediaOf(get.responses["200"]).schema) }] : [];
  });

const successOf = ({ responses }) => Object.entries(responses).find(([status]) => status.startsWith("2"))[1];
const branchesOf = ({ requestBody }) => {
  const schema = find(mediaOf(requestBody).schema);
  return (schema.oneOf ?? [schema]).map(find);
};
const constantsOf = ({ properties }) =>
  Object.entries(properties).flatMap(([name, property]) =>
    "const" in find(property) ? [[name, find(property).const]] : [],
  );
const isClosed = ({ additionalProperties }) => additionalProperties === false;

test("there are resources", () => {
  assert.ok(resources.length > 0);
});

for (const { create, get, read } of resources) {
  const branches = branchesOf(create);
  const updates = operations.filter(({ path, method }) => path === get.path && method === "patch").flatMap(branchesOf);
  const sent = [...branches, ...updates];

  test(`${get.operationId}: each field that is read is sent by somebody, assigned to some kind, or read-only`, () => {
    const known = new Set(
      sent.flatMap((branch) => [...Object.keys(branch.properties), ...(branch["x-assigned"] ?? [])]),
    );
    const lost = Object.keys(read.properties).filter(
      (name) => !known.has(name) && !find(read.properties[name]).readOnly && !read.properties[name].readOnly,
    );
    assert.deepEqual(lost, [], "fields without readOnly that no request has, and no x-assigned names");
  });

  test(`${get.operationId}: each field that is sent is read, shown elsewhere, or only ever written`, () => {
    const lost = sent.flatMap((branch) =>
      Object.entries(branch.properties)
        .filter(([, property]) => !find(property).writeOnly && !property["x-shown-as"])
        .map(([name]) => name)
        .filter((name) => !(name in read.properties)),
    );
    assert.deepEqual(lost, []);
    for (const branch of sent)
      for (const { "x-shown-as": [name, inner] = [] } of Object.values(branch.properties))
        assert.ok(name === undefined || find(read.properties[name]).properties[inner], `x-shown-as: ${name}, ${inner}`);
  });

  test(`${create.operationId}: each kind has an example, and each example an answer of its name`, () => {
    const bodies = examplesOf(create.requestBody);
    for (const branch of branches) {
      const isOf = (body) =>
        constantsOf(branch).every(
          ([name, value]) => body[name] === value || (!branch.required.includes(name) && !(name in body)),
        );
      assert.ok(Object.values(bodies).some(isOf), `an example of ${branch.description}`);
    }
    assert.deepEqual(
      Object.keys(examplesOf(successOf(create))).sort(),
      Object.keys(bodies)
        .map((name) => name.replace(/^create-/, "created-"))
        .sort(),
    );
  });

  test(`${create.operationId}: a value is open exactly if no request fixes it`, () => {
    const fixed = branches.flatMap(constantsOf);
    const open = branches.filter((branch) => !isClosed(branch));
    for (const name of unique(fixed.map(([name]) => name))) {
      const values = unique(fixed.filter(([other]) => other === name).map(([, value]) => value));
      assert.deepEqual(unique(find(read.properties[name])["x-extensible-enum"]), values, `values of ${name}`);
    }
    for (const { properties } of open) {
      const shut = Object.keys(properties).filter((name) =>
        fixed.some(([other, value]) => other === name && !new RegExp(find(properties[name]).pattern ?? "").test(value)),
      );
      assert.equal(shut.length, 1, "one field of the open branch tells that none of the others is meant");
      for (const [name, value] of fixed)
        if (name === shut[0]) assert.ok(!new RegExp(properties[name].pattern).test(value), `${value} is listed`);
    }
  });
}

test("no two examples show things of the same id", () => {
  const ids = Object.values(description.components.examples).flatMap(({ value }) =>
    [value, ...(value?.results ?? [])].map((one) => one?._id ?? one?.id).filter(Boolean),
  );
  assert.equal(ids.length, unique(ids).length);
});
