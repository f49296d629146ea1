import { type Pair, ref, text } from "../orders.js";

/** Pairs that differ in the fields that an answer promises, and in their types. */
export const answerFields: readonly Pair[] = [
  [
    "a field is added",
    "minor",
    (at) => {
      Object.assign(at.schema("Order").properties ?? {}, { shop: text() });
    },
  ],
  [
    "a field is removed",
    "major",
    (at) => {
      delete at.schema("Order").properties?.note;
    },
  ],
  [
    "a field of what it is made of is removed",
    "major",
    (at) => {
      delete at.schema("Person").properties?.email;
    },
  ],
  [
    "a field is always there",
    "minor",
    (at) => {
      at.schema("Order").required?.push("count");
    },
  ],
  [
    "a field may be absent",
    "major",
    (at) => {
      at.schema("Order").required = ["id"];
    },
  ],
  [
    "a field becomes writeOnly",
    "major",
    (at) => {
      at.property("Order", "note").writeOnly = true;
    },
  ],
  [
    "a field becomes readOnly",
    "patch",
    (at) => {
      at.property("Order", "note").readOnly = true;
    },
  ],
  [
    "a field is deprecated",
    "minor",
    (at) => {
      at.property("Order", "note").deprecated = true;
    },
  ],
  [
    "a type changes",
    "major",
    (at) => {
      at.property("Order", "count").type = "string";
    },
  ],
  [
    "a whole number may be any number",
    "major",
    (at) => {
      at.property("Order", "count").type = "number";
    },
  ],
  [
    "a list's items change",
    "major",
    (at) => {
      at.property("OrderPage", "results").items = text();
    },
  ],
  [
    "a field may be null",
    "major",
    (at) => {
      at.property("Order", "remark").type = ["string", "null"];
    },
  ],
  [
    "a field is never null",
    "minor",
    (at) => {
      at.property("Order", "note").type = "string";
    },
  ],
  [
    "a field may be null, said as a choice",
    "major",
    (at) => {
      Object.assign(at.schema("Order").properties ?? {}, { customer: { oneOf: [ref("Customer"), { type: "null" }] } });
    },
  ],
];
