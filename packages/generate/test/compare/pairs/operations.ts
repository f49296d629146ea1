import { json, type Pair } from "../orders.js";

/** Pairs that differ in operations and in what is said of them. */
export const operations: readonly Pair[] = [
  [
    "an operation is added",
    "minor",
    (at) => {
      at.paths["/payment"] = {
        ...at.paths["/payment"],
        delete: { operationId: "deletePayment", responses: { 204: {} } },
      };
    },
  ],
  [
    "an operation is removed",
    "major",
    (at) => {
      delete at.paths["/orders/{orderId}"]?.delete;
    },
  ],
  [
    "a path is removed",
    "major",
    (at) => {
      delete at.paths["/payment"];
    },
  ],
  [
    "a path is moved",
    "major",
    (at) => {
      at.paths["/payments"] = at.paths["/payment"] ?? {};
      delete at.paths["/payment"];
    },
  ],
  [
    "an operation is called otherwise in code",
    "major",
    (at) => {
      at.operation("getOrder").operationId = "readOrder";
    },
  ],
  [
    "an operation gets a tag, a summary and a description",
    "none",
    (at) => {
      Object.assign(at.operation("getOrder"), { tags: ["Orders"], summary: "Read", description: "Reads" });
    },
  ],
  [
    "an operation is deprecated",
    "minor",
    (at) => {
      at.operation("getOrder").deprecated = true;
    },
  ],
  [
    "an operation has an end",
    "minor",
    (at) => {
      at.operation("getOrder")["x-sunset"] = "2027-01-01";
    },
  ],
  [
    "a version has an end",
    "minor",
    (at) => {
      at.operation("getOrder").responses[200] = {
        content: { [json]: { schema: at.schema("Order"), "x-sunset": "2027-01-01" } },
        headers: { ETag: {} },
      };
    },
  ],
  [
    "the words of the whole change",
    "none",
    (at) => {
      at.description.info = { title: "All orders", version: "1.0.1" };
    },
  ],
];
