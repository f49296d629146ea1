import { describe, expect, test } from "vitest";
import type { Description } from "../../src/index.js";
import { compareDescriptions } from "../../src/index.js";
import { orders, type Pair, reach } from "./orders.js";
import { answerFields } from "./pairs/answer-fields.js";
import { answerValues } from "./pairs/answer-values.js";
import { bodies } from "./pairs/bodies.js";
import { operations } from "./pairs/operations.js";
import { parameters } from "./pairs/parameters.js";
import { requestFields } from "./pairs/request-fields.js";
import { requestLimits } from "./pairs/request-limits.js";
import { requestValues } from "./pairs/request-values.js";
import { security } from "./pairs/security.js";

describe.each<[string, readonly Pair[]]>([
  ["an operation", operations],
  ["a parameter", parameters],
  ["a body", bodies],
  ["access", security],
  ["a field of a request", requestFields],
  ["a value of a request", requestValues],
  ["a limit of a request", requestLimits],
  ["a field of an answer", answerFields],
  ["a value of an answer", answerValues],
])("%s", (_, pairs) => {
  test.each(pairs)("%s: %s", (_title, level, change) => {
    expect(levelOf(change)).toEqual(level);
  });

  test.each(pairs.filter(([, level]) => level === "none" || level === "major"))(
    "%s: %s in OpenAPI 3.0 too",
    (_title, level, change) => {
      const old = () => asVersion30(orders());
      const after = orders();
      change(reach(after));
      expect(compareDescriptions(old(), asVersion30(after)).level).toEqual(level);
    },
  );
});

test("what several operations share is told once, with the operations that meet it", () => {
  const after = orders();
  delete reach(after).schema("Person").properties?.email;
  expect(compareDescriptions(orders(), after).changes).toEqual([
    { level: "major", where: "listOrders, createOrder, getOrder: answer: Customer.email", what: "is gone" },
  ]);
});

test("what a request and an answer share breaks each in its own way", () => {
  const shared = () => {
    const description = orders();
    reach(description).operation("createOrder").requestBody = {
      required: true,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
    };
    return description;
  };
  const change = (at: ReturnType<typeof reach>) => at.property("Order", "currency").enum?.push("GBP");
  const after = shared();
  change(reach(after));
  const levels = compareDescriptions(shared(), after).changes.map(({ level, where }) => [level, where]);
  expect(levels).toEqual([
    ["major", "listOrders, createOrder, getOrder: answer: Order.currency"],
    ["minor", "createOrder: request: Order.currency"],
  ]);
});

test("the worst is told first", () => {
  const after = orders();
  const at = reach(after);
  delete at.operation("createOrder").responses[401];
  at.operation("getOrder").deprecated = true;
  delete at.schema("Order").properties?.note;
  const { level, changes } = compareDescriptions(orders(), after);
  expect(level).toBe("major");
  expect(changes.map((change) => change.level)).toEqual(["major", "minor", "patch"]);
});

test("schemas that lead back to themselves are compared to their end", () => {
  const tree = (leaf: string): Description => {
    const description = orders();
    const schemas = description.components?.schemas ?? {};
    schemas.Tree = {
      type: "object",
      properties: {
        leaf: { type: leaf },
        left: { $ref: "#/components/schemas/Tree" },
        right: { oneOf: [{ $ref: "#/components/schemas/Tree" }] },
      },
    };
    reach(description).property("Order", "customer").$ref = "#/components/schemas/Tree";
    return description;
  };
  expect(compareDescriptions(tree("string"), tree("string")).level).toBe("none");
  expect(compareDescriptions(tree("string"), tree("integer")).changes).toMatchObject([{ where: /Tree\.leaf$/ }]);
});

test("a parent that its branches are made of is compared as the same written without the circle", () => {
  const circle = orders();
  const { schemas } = reach(circle);
  const { kind, number } = reach(orders()).schema("Card").properties ?? {};
  schemas.Payment = {
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string" } },
    ...schemas.Payment,
  };
  schemas.Card = {
    allOf: [
      { $ref: "#/components/schemas/Payment" },
      { type: "object", properties: { kind: kind ?? {}, number: number ?? {} } },
    ],
  };
  expect(compareDescriptions(circle, circle).level).toBe("none");
  expect(compareDescriptions(orders(), circle).changes.filter(({ level }) => level === "major")).toEqual([]);
});

test("where versions may move on, another version is no break, and what differs in it is", () => {
  const after = JSON.parse(JSON.stringify(orders()).replaceAll("2024-01-01", "2025-01-01")) as Description;
  expect(compareDescriptions(orders(), after).level).toBe("major");
  expect(compareDescriptions(orders(), after, { versionsMove: true }).level).toBe("minor");
  delete reach(after).schema("Order").properties?.note;
  expect(compareDescriptions(orders(), after, { versionsMove: true }).level).toBe("major");
});

function levelOf(change: Pair[2]): string {
  const after = orders();
  change(reach(after));
  expect(after).not.toEqual(orders());
  return compareDescriptions(orders(), after).level;
}

/** The same in OpenAPI 3.0: null is a flag there, an excluded bound too, and a constant a list of one. */
function asVersion30(description: Description): Description {
  const text = JSON.stringify({ ...description, openapi: "3.0.3" })
    .replaceAll('"type":["string","null"]', '"type":"string","nullable":true')
    .replaceAll(/"const":("[a-z]+")/g, '"enum":[$1]')
    .replaceAll(/"exclusiveMinimum":(\d+)/g, '"minimum":$1,"exclusiveMinimum":true');
  return JSON.parse(text) as Description;
}
