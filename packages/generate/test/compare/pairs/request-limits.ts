import type { Pair } from "../orders.js";

/** Pairs that differ in the limits of what a request may hold: its patterns, formats, ranges and steps. */
export const requestLimits: readonly Pair[] = [
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
    "a pattern of two words takes a third",
    "minor",
    (at) => {
      at.property("OrderRequest", "code").pattern = "^(a|b|c)$";
    },
  ],
  [
    "a pattern of two words loses one",
    "major",
    (at) => {
      at.property("OrderRequest", "code").pattern = "^(a)$";
    },
  ],
  [
    "a pattern is said word by word",
    "minor",
    (at) => {
      at.property("OrderRequest", "code").pattern = "^a$|^b$";
    },
  ],
  [
    "a pattern no longer refuses what it looked ahead for",
    "minor",
    (at) => {
      at.property("OrderRequest", "slug").pattern = "^[a-z]+$";
    },
  ],
  [
    "a pattern need no longer stand at the start",
    "minor",
    (at) => {
      at.property("OrderRequest", "prefix").pattern = "ab";
    },
  ],
  [
    "a finer step is taken, in fractions",
    "minor",
    (at) => {
      at.property("OrderRequest", "weight").multipleOf = 0.1;
    },
  ],
  [
    "a format is asked for",
    "major",
    (at) => {
      at.property("OrderRequest", "note").format = "date-time";
    },
  ],
  [
    "a format is asked for no longer",
    "minor",
    (at) => {
      delete at.property("OrderRequest", "due").format;
    },
  ],
  [
    "a format is said that refuses nothing",
    "patch",
    (at) => {
      at.property("OrderRequest", "note").format = "password";
    },
  ],
];
