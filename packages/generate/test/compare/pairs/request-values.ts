import { choose, type Pair, ref } from "../orders.js";

/** Pairs that differ in the values and branches that a request takes. */
export const requestValues: readonly Pair[] = [
  [
    "a value is added to a closed list",
    "minor",
    (at) => {
      at.property("OrderRequest", "currency").enum?.push("GBP");
    },
  ],
  [
    "a value is removed from a closed list",
    "major",
    (at) => {
      at.property("OrderRequest", "currency").enum?.pop();
    },
  ],
  [
    "a closed list is opened",
    "minor",
    (at) => {
      const field = at.property("OrderRequest", "currency");
      field["x-extensible-enum"] = field.enum;
      delete field.enum;
    },
  ],
  [
    "an open list is closed",
    "major",
    (at) => {
      at.property("OrderRequest", "channel").enum = ["SHOP", "WEB"];
      delete at.property("OrderRequest", "channel")["x-extensible-enum"];
    },
  ],
  [
    "a value is added to an open list",
    "minor",
    (at) => {
      at.property("OrderRequest", "channel")["x-extensible-enum"] = ["SHOP", "WEB", "APP"];
    },
  ],
  [
    "a pattern is tightened",
    "major",
    (at) => {
      at.property("OrderRequest", "remark").pattern = "^[a-z]{1,5}$";
    },
  ],
  [
    "a pattern is widened",
    "minor",
    (at) => {
      at.property("OrderRequest", "remark").pattern = "^[a-z0-9]{0,20}$";
    },
  ],
  [
    "a pattern is said in other words",
    "minor",
    (at) => {
      at.property("OrderRequest", "remark").pattern = "^([a-z]{1,9})$";
    },
  ],
  [
    "a pattern is another one, which overlaps",
    "major",
    (at) => {
      at.property("OrderRequest", "remark").pattern = "^[a-m0-9]{1,9}$";
    },
  ],
  [
    "a pattern is removed",
    "minor",
    (at) => {
      delete at.property("OrderRequest", "remark").pattern;
    },
  ],
  [
    "a pattern is added",
    "major",
    (at) => {
      at.property("OrderRequest", "note").pattern = "^a";
    },
  ],
  [
    "a minimum is raised",
    "major",
    (at) => {
      at.property("OrderRequest", "total").minimum = 1;
    },
  ],
  [
    "a minimum is excluded",
    "major",
    (at) => {
      const field = at.property("OrderRequest", "total");
      delete field.minimum;
      field.exclusiveMinimum = 0;
    },
  ],
  [
    "a greatest length is raised",
    "minor",
    (at) => {
      at.property("OrderRequest", "note").maxLength = 200;
    },
  ],
  [
    "a list may be shorter and has to be shorter",
    "major",
    (at) => {
      Object.assign(at.property("OrderRequest", "items"), { minItems: 0, maxItems: 5 });
    },
  ],
  [
    "a list may have nothing twice",
    "major",
    (at) => {
      at.property("OrderRequest", "items").uniqueItems = true;
    },
  ],
  [
    "a finer step is taken",
    "minor",
    (at) => {
      at.property("OrderRequest", "count").multipleOf = 1;
    },
  ],
  [
    "a default changes",
    "minor",
    (at) => {
      at.property("OrderRequest", "count").default = 2;
    },
  ],
  [
    "a default is added",
    "minor",
    (at) => {
      at.property("OrderRequest", "note").default = "";
    },
  ],
  [
    "other fields are no longer taken",
    "major",
    (at) => {
      at.schema("OrderRequest").additionalProperties = false;
    },
  ],
  [
    "labels may be anything",
    "minor",
    (at) => {
      at.property("OrderRequest", "labels").additionalProperties = true;
    },
  ],
  [
    "labels have to be numbers",
    "major",
    (at) => {
      at.property("OrderRequest", "labels").additionalProperties = { type: "integer" };
    },
  ],
  [
    "a branch is added",
    "minor",
    (at) => {
      at.schema("PaymentRequest").oneOf?.push(ref("Cash"));
      Object.assign(at.schema("PaymentRequest").discriminator?.mapping ?? {}, { cash: ref("Cash").$ref });
    },
  ],
  [
    "a branch is removed",
    "major",
    (at) => {
      at.schema("PaymentRequest").oneOf?.pop();
      delete at.schema("PaymentRequest").discriminator?.mapping?.transfer;
    },
  ],
  [
    "a branch is told by another value",
    "major",
    (at) => {
      const { mapping = {} } = at.schema("PaymentRequest").discriminator ?? {};
      mapping.wire = mapping.transfer ?? "";
      delete mapping.transfer;
    },
  ],
  [
    "the branches are told apart by another field",
    "major",
    (at) => {
      Object.assign(at.schema("PaymentRequest").discriminator ?? {}, { propertyName: "way" });
    },
  ],
  [
    "the branches stand in another order",
    "none",
    (at) => {
      at.schema("PaymentRequest").oneOf?.reverse();
    },
  ],
  [
    "any of the branches, instead of one",
    "none",
    (at) => {
      const schema = at.schema("PaymentRequest");
      schema.anyOf = schema.oneOf ?? [];
      delete schema.oneOf;
    },
  ],
  [
    "a closed list is said in two branches",
    "none",
    (at) => {
      choose(at.property("OrderRequest", "currency"), ["EUR"], ["USD"]);
    },
  ],
  [
    "a closed list is said in two branches, without one of the values",
    "major",
    (at) => {
      choose(at.property("OrderRequest", "currency"), ["EUR"], ["EUR"]);
    },
  ],
];
