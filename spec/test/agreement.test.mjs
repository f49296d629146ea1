// What the description has to say in two places, it has to say alike.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "vitest";

const description = bundle();
const { schemas, examples } = description.components;

function bundle() {
  const folder = mkdtempSync(join(tmpdir(), "spec-"));
  const file = join(folder, "openapi.json");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stderr } = spawnSync(`redocly bundle openapi.yaml --output "${file}"`, {
    cwd,
    encoding: "utf8",
    shell: true,
  });
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(stderr, { cause });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const find = (node) =>
  node?.$ref
    ? find(
        node.$ref
          .slice(2)
          .split("/")
          .reduce((at, step) => at[step], description),
      )
    : node;
const branchesOf = (name) =>
  schemas[name].oneOf.map((branch) => ({ name: branch.$ref.split("/").at(-1), ...find(branch) }));
const isFixed =
  (property) =>
  ({ properties }) =>
    find(properties[property])?.const !== undefined;
const fixed = (branches, property) =>
  unique(branches.filter(isFixed(property)).map(({ properties }) => properties[property].const));
const unique = (values) => [...new Set(values)].sort();
const named = (prefix) =>
  Object.keys(examples)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));

const requests = branchesOf("PrivateLinkConnectionRequest");
const kinds = requests.filter(isFixed("provider"));
const unlisted = schemas.UnlistedVendorRequest.properties;
const read = schemas.PrivateLinkConnection.properties;

test("providers and vendors are those of the requests", () => {
  assert.deepEqual(unique(schemas.Provider["x-extensible-enum"]), fixed(kinds, "provider"));
  assert.deepEqual(unique(schemas.Vendor["x-extensible-enum"]), fixed(kinds, "vendor"));
});

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

test("each request has an example, and each example of a create its answer, without a state", () => {
  const bodies = named("create-").map((name) => examples[`create-${name}`].value);
  const isOf = (kind, body) =>
    ["provider", "vendor"].every((field) =>
      [kind.properties[field].const, !kind.required.includes(field) && undefined].includes(body[field]),
    );
  assert.deepEqual(
    kinds.filter((kind) => !bodies.some((body) => isOf(kind, body))).map(({ name }) => name),
    [],
    "requests without an example",
  );
  assert.ok(
    bodies.some(({ vendor }) => new RegExp(unlisted.vendor.pattern).test(vendor)),
    "an unlisted vendor has an example",
  );
  assert.deepEqual(unique(named("created-")), unique(named("create-")));
  assert.ok(named("created-").every((name) => !("state" in examples[`created-${name}`].value)));
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

test("no two examples show connections of the same id", () => {
  const ids = Object.values(examples).flatMap(({ value }) =>
    [value, ...(value?.results ?? [])].map((one) => one?._id).filter(Boolean),
  );
  assert.equal(ids.length, unique(ids).length);
});
