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
  [
    "that other fields are taken is said",
    "none",
    (at) => {
      at.schema("OrderRequest").additionalProperties = { description: "Whatever" };
    },
  ],
  [
    "other fields are no longer taken, by whatever it is made of",
    "major",
    (at) => {
      at.schema("OrderRequest").unevaluatedProperties = false;
    },
  ],
  [
    "fields of a pattern have to be numbers",
    "major",
    (at) => {
      at.property("OrderRequest", "hints").patternProperties = { "^x-": { type: "integer" } };
    },
  ],
  [
    "fields of a pattern are no longer described",
    "minor",
    (at) => {
      delete at.property("OrderRequest", "hints").patternProperties;
    },
  ],
  [
    "one of two fields has to be sent",
    "major",
    (at) => {
      at.schema("OrderRequest").anyOf = [{ required: ["count"] }, { required: ["note"] }];
    },
  ],
  [
    "a branch of fewer values is no longer said for itself",
    "minor",
    (at) => {
      at.property("OrderRequest", "size").anyOf?.pop();
    },
  ],
  [
    "what need not be described has to be sent",
    "major",
    (at) => {
      at.schema("OrderRequest").required?.push("unheard");
    },
  ],
];
