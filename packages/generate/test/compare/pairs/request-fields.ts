import { type Pair, text } from "../orders.js";

/** Pairs that differ in the fields that a request takes, and in their types. */
export const requestFields: readonly Pair[] = [
  [
    "a required field is added",
    "major",
    (at) => {
      Object.assign(at.schema("OrderRequest").properties ?? {}, { shop: text() });
      at.schema("OrderRequest").required?.push("shop");
    },
  ],
  [
    "an optional field is added",
    "minor",
    (at) => {
      Object.assign(at.schema("OrderRequest").properties ?? {}, { shop: text() });
    },
  ],
  [
    "a field is removed",
    "major",
    (at) => {
      delete at.schema("OrderRequest").properties?.note;
    },
  ],
  [
    "a field that is only read is removed",
    "patch",
    (at) => {
      delete at.schema("OrderRequest").properties?.id;
    },
  ],
  [
    "a field becomes required",
    "major",
    (at) => {
      at.schema("OrderRequest").required?.push("count");
    },
  ],
  [
    "a field may be left out",
    "minor",
    (at) => {
      at.schema("OrderRequest").required = [];
    },
  ],
  [
    "a field becomes readOnly",
    "major",
    (at) => {
      at.property("OrderRequest", "note").readOnly = true;
    },
  ],
  [
    "a field is readOnly no longer",
    "minor",
    (at) => {
      at.property("OrderRequest", "id").readOnly = false;
    },
  ],
  [
    "a field becomes writeOnly",
    "patch",
    (at) => {
      at.property("OrderRequest", "note").writeOnly = true;
    },
  ],
  [
    "a type changes",
    "major",
    (at) => {
      at.property("OrderRequest", "count").type = "string";
    },
  ],
  [
    "a number may be a whole one only",
    "major",
    (at) => {
      at.property("OrderRequest", "total").type = "integer";
    },
  ],
  [
    "a whole number may be any number",
    "minor",
    (at) => {
      at.property("OrderRequest", "count").type = "number";
    },
  ],
  [
    "null is taken",
    "minor",
    (at) => {
      at.property("OrderRequest", "remark").type = ["string", "null"];
    },
  ],
  [
    "null is no longer taken",
    "major",
    (at) => {
      at.property("OrderRequest", "note").type = "string";
    },
  ],
];
