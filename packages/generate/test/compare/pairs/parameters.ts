import type { Pair } from "../orders.js";

const inQuery = (name: string, required = false) => ({
  name,
  in: "query" as const,
  required,
  schema: { type: "string" },
});

/** Pairs that differ in parameters. */
export const parameters: readonly Pair[] = [
  [
    "a required parameter is added",
    "major",
    (at) => {
      at.operation("listOrders").parameters?.push(inQuery("shop", true));
    },
  ],
  [
    "an optional parameter is added",
    "minor",
    (at) => {
      at.operation("listOrders").parameters?.push(inQuery("shop"));
    },
  ],
  [
    "a parameter is removed",
    "major",
    (at) => {
      at.operation("listOrders").parameters?.shift();
    },
  ],
  [
    "a parameter becomes required",
    "major",
    (at) => {
      at.parameter("listOrders", "limit").required = true;
    },
  ],
  [
    "a parameter moves from the query to a header",
    "major",
    (at) => {
      at.parameter("listOrders", "limit").in = "header";
    },
  ],
  [
    "a parameter's list is written in another way",
    "major",
    (at) => {
      at.parameter("listOrders", "sort").explode = false;
    },
  ],
  [
    "a parameter's way of writing is said, and as it was",
    "none",
    (at) => {
      Object.assign(at.parameter("listOrders", "sort"), { style: "form", explode: true });
    },
  ],
  [
    "a parameter is deprecated",
    "minor",
    (at) => {
      at.parameter("listOrders", "sort").deprecated = true;
    },
  ],
  [
    "a header parameter is spelt in other letters",
    "none",
    (at) => {
      at.parameter("listOrders", "X-Trace").name = "x-trace";
    },
  ],
  [
    "a parameter's maximum is lowered",
    "major",
    (at) => {
      Object.assign(at.parameter("listOrders", "limit").schema ?? {}, { maximum: 50 });
    },
  ],
  [
    "a parameter's minimum is lowered",
    "minor",
    (at) => {
      Object.assign(at.parameter("listOrders", "limit").schema ?? {}, { minimum: 0 });
    },
  ],
  [
    "a parameter's default changes",
    "minor",
    (at) => {
      Object.assign(at.parameter("listOrders", "limit").schema ?? {}, { default: 20 });
    },
  ],
  [
    "a parameter loses its default",
    "minor",
    (at) => {
      delete at.parameter("listOrders", "limit").schema?.default;
    },
  ],
  [
    "a value of a parameter's list is removed",
    "major",
    (at) => {
      at.parameter("listOrders", "sort").schema?.items?.enum?.pop();
    },
  ],
  [
    "a path parameter is renamed",
    "none",
    (at) => {
      const item = at.paths["/orders/{orderId}"] ?? {};
      at.parameter("getOrder", "orderId").name = "id";
      delete at.paths["/orders/{orderId}"];
      at.paths["/orders/{id}"] = item;
    },
  ],
  [
    "a path parameter's pattern is tightened",
    "major",
    (at) => {
      Object.assign(at.parameter("getOrder", "orderId").schema ?? {}, { pattern: "^[0-9]{24}$" });
    },
  ],
  [
    "a path parameter's pattern is widened",
    "minor",
    (at) => {
      Object.assign(at.parameter("getOrder", "orderId").schema ?? {}, { pattern: "^[a-f0-9]{24,32}$" });
    },
  ],
  [
    "the parameters of a path move into its operations",
    "none",
    (at) => {
      const item = at.paths["/orders/{orderId}"] ?? {};
      for (const operation of [item.get, item.delete])
        if (operation) operation.parameters = structuredClone(item.parameters ?? []);
      delete item.parameters;
    },
  ],
  [
    "the schema of a parameter gets a name",
    "none",
    (at) => {
      at.schemas.Limit = at.parameter("listOrders", "limit").schema ?? {};
      at.parameter("listOrders", "limit").schema = { $ref: "#/components/schemas/Limit" };
    },
  ],
];
