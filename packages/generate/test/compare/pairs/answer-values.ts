import { choose, type Pair, ref } from "../orders.js";

/** Pairs that differ in the values and branches that an answer promises, and in how it is written. */
export const answerValues: readonly Pair[] = [
  [
    "a value is added to a closed list",
    "major",
    (at) => {
      at.property("Order", "currency").enum?.push("GBP");
    },
  ],
  [
    "a value is removed from a closed list",
    "minor",
    (at) => {
      at.property("Order", "currency").enum?.pop();
    },
  ],
  [
    "a closed list is opened",
    "major",
    (at) => {
      const field = at.property("Order", "currency");
      field["x-extensible-enum"] = field.enum;
      delete field.enum;
    },
  ],
  [
    "an open list is closed",
    "minor",
    (at) => {
      const field = at.property("Order", "state");
      field.enum = ["OPEN", "PAID"];
      delete field["x-extensible-enum"];
    },
  ],
  [
    "a value is added to an open list",
    "minor",
    (at) => {
      at.property("Order", "state")["x-extensible-enum"] = ["OPEN", "PAID", "SENT"];
    },
  ],
  [
    "a value is removed from an open list",
    "patch",
    (at) => {
      at.property("Order", "state")["x-extensible-enum"] = ["OPEN"];
    },
  ],
  [
    "a pattern changes",
    "patch",
    (at) => {
      at.property("Order", "remark").pattern = "^.{0,99}$";
    },
  ],
  [
    "a format is said",
    "patch",
    (at) => {
      at.property("Order", "remark").format = "uuid";
    },
  ],
  [
    "text becomes bytes",
    "major",
    (at) => {
      at.property("Order", "remark").format = "binary";
    },
  ],
  [
    "a greatest length is raised",
    "patch",
    (at) => {
      at.property("Order", "note").maxLength = 200;
    },
  ],
  [
    "a default is said",
    "patch",
    (at) => {
      at.property("Order", "count").default = 1;
    },
  ],
  [
    "a description, a title and an example change",
    "none",
    (at) => {
      Object.assign(at.property("Order", "total"), { description: "The price", title: "Total", example: 3 });
    },
  ],
  [
    "labels may be anything",
    "major",
    (at) => {
      at.property("Order", "labels").additionalProperties = true;
    },
  ],
  [
    "a branch is added",
    "major",
    (at) => {
      at.schema("Payment").oneOf?.push(ref("Cash"));
      Object.assign(at.schema("Payment").discriminator?.mapping ?? {}, { cash: ref("Cash").$ref });
    },
  ],
  [
    "a branch is removed",
    "minor",
    (at) => {
      at.schema("Payment").oneOf?.pop();
      delete at.schema("Payment").discriminator?.mapping?.transfer;
    },
  ],
  [
    "a field of one branch is removed",
    "major",
    (at) => {
      delete at.schema("Transfer").properties?.iban;
    },
  ],
  [
    "the branches are told apart by another field",
    "major",
    (at) => {
      Object.assign(at.schema("Payment").discriminator ?? {}, { propertyName: "way" });
    },
  ],
  [
    "one thing becomes a choice",
    "major",
    (at) => {
      at.property("OrderPage", "results").items = { oneOf: [ref("Order"), ref("Cash")] };
    },
  ],
  [
    "a schema is called otherwise",
    "none",
    (at) => {
      at.schemas.Buyer = at.schema("Customer");
      delete at.schemas.Customer;
      Object.assign(at.schema("Order").properties ?? {}, { customer: ref("Buyer") });
    },
  ],
  [
    "a schema is written in place",
    "none",
    (at) => {
      Object.assign(at.schema("Order").properties ?? {}, { customer: at.schema("Customer") });
    },
  ],
  [
    "what a schema is made of is written out",
    "none",
    (at) => {
      at.schemas.Customer = {
        type: "object",
        required: ["name"],
        properties: { ...at.schema("Person").properties, vip: { type: "boolean" } },
      };
    },
  ],
  [
    "the branches are each made of what they share",
    "none",
    (at) => {
      const { kind: card, ...rest } = at.schema("Card").properties ?? {};
      at.schemas.Way = { type: "object", required: ["kind"], properties: { kind: card ?? {} } };
      at.schemas.Card = { allOf: [ref("Way"), { type: "object", properties: rest }] };
    },
  ],
  [
    "a closed list is said in two branches, one value in both",
    "none",
    (at) => {
      choose(at.property("Order", "currency"), ["EUR", "USD"], ["USD"]);
    },
  ],
  [
    "a closed list is said in two branches, one of which has a value more",
    "major",
    (at) => {
      choose(at.property("Order", "currency"), ["EUR"], ["USD", "GBP"]);
    },
  ],
  [
    "a closed list is said in two branches, with a value less",
    "minor",
    (at) => {
      choose(at.property("Order", "currency"), ["EUR"], ["EUR"]);
    },
  ],
  [
    "an open list is said in two branches, one of them closed, with a value more",
    "minor",
    (at) => {
      choose(at.property("Order", "state"), ["OPEN"], ["PAID", "SENT"]);
      const [first] = at.property("Order", "state").oneOf ?? [];
      if (first) first["x-extensible-enum"] = ["OPEN"];
      delete first?.enum;
    },
  ],
  [
    "a list is open beside a closed one, and gets a value",
    "minor",
    (at) => {
      at.property("Order", "phase")["x-extensible-enum"] = ["NEW", "OLD", "GONE"];
    },
  ],
  [
    "a branch is added that is one of the others, with more",
    "minor",
    (at) => {
      at.property("Order", "size").anyOf?.push({ type: "integer" });
    },
  ],
  [
    "a schema is anything",
    "major",
    (at) => {
      Object.assign(at.schema("Order").properties ?? {}, { note: true });
    },
  ],
  [
    "the items of a list are said to be anything",
    "none",
    (at) => {
      Object.assign(at.property("Order", "extras"), { items: true });
    },
  ],
  [
    "a branch of a discriminator without a choice is added",
    "major",
    (at) => {
      at.schemas.Bike = { allOf: [ref("Vehicle"), { type: "object", properties: { gears: { type: "integer" } } }] };
    },
  ],
  [
    "a field of such a branch is removed",
    "major",
    (at) => {
      at.schemas.Van = { allOf: [ref("Vehicle")] };
    },
  ],
  [
    "such branches are written out as a choice",
    "none",
    (at) => {
      at.schema("Vehicle").oneOf = [ref("Car"), ref("Van")];
    },
  ],
];
