import { json, type Pair } from "../orders.js";

const later = "application/vnd.shop.2025-01-01+json";

/** Pairs that differ in bodies, statuses, versions and headers. */
export const bodies: readonly Pair[] = [
  [
    "a body becomes required",
    "major",
    (at) => {
      Object.assign(at.operation("putPayment").requestBody ?? {}, { required: true });
    },
  ],
  [
    "a body becomes optional",
    "minor",
    (at) => {
      Object.assign(at.operation("createOrder").requestBody ?? {}, { required: false });
    },
  ],
  [
    "a required body is added",
    "major",
    (at) => {
      at.operation("deleteOrder").requestBody = { required: true, content: { [json]: { schema: { type: "object" } } } };
    },
  ],
  [
    "a body is taken in a further version",
    "minor",
    (at) => {
      at.operation("createOrder").requestBody = {
        required: true,
        content: { [json]: { schema: at.schema("OrderRequest") }, [later]: { schema: at.schema("OrderRequest") } },
      };
    },
  ],
  [
    "a success is replaced by another",
    "major",
    (at) => {
      const { responses } = at.operation("createOrder");
      responses[202] = responses[201] ?? {};
      delete responses[201];
    },
  ],
  [
    "a further success is described",
    "minor",
    (at) => {
      const { responses } = at.operation("createOrder");
      responses[202] = responses[201] ?? {};
    },
  ],
  [
    "an error is added",
    "minor",
    (at) => {
      at.operation("createOrder").responses[409] = { $ref: "#/components/responses/Refused" };
    },
  ],
  [
    "an error is removed",
    "patch",
    (at) => {
      delete at.operation("createOrder").responses[401];
    },
  ],
  [
    "an answer comes in a further version",
    "minor",
    (at) => {
      at.operation("getPayment").responses[200] = {
        content: { [json]: { schema: at.schema("Payment") }, [later]: { schema: at.schema("Card") } },
      };
    },
  ],
  [
    "an answer comes in another version only",
    "major",
    (at) => {
      at.operation("getPayment").responses[200] = { content: { [later]: { schema: at.schema("Payment") } } };
    },
  ],
  [
    "an answer has no body any more",
    "major",
    (at) => {
      at.operation("getPayment").responses[200] = {};
    },
  ],
  [
    "a header of an answer is added",
    "minor",
    (at) => {
      Object.assign(at.operation("getOrder").responses[200] ?? {}, { headers: { ETag: {}, "Last-Modified": {} } });
    },
  ],
  [
    "a header of an answer is removed",
    "major",
    (at) => {
      Object.assign(at.operation("getOrder").responses[200] ?? {}, { headers: {} });
    },
  ],
  [
    "a field of an error is removed",
    "major",
    (at) => {
      at.description.components = {
        ...at.description.components,
        responses: {
          Refused: {
            content: {
              "application/json": {
                schema: { type: "object", required: ["code"], properties: { code: { type: "string" } } },
              },
            },
          },
        },
      };
    },
  ],
  [
    "a header of an answer is of another type",
    "major",
    (at) => {
      Object.assign(at.operation("getOrder").responses[200] ?? {}, {
        headers: { ETag: { schema: { type: "integer" } } },
      });
    },
  ],
  [
    "a header of an answer is always there",
    "minor",
    (at) => {
      Object.assign(at.operation("getOrder").responses[200] ?? {}, {
        headers: { ETag: { required: true, schema: { type: "string" } } },
      });
    },
  ],
  [
    "the character set of an answer is said",
    "none",
    (at) => {
      at.operation("getPayment").responses[200] = {
        content: { [`${json}; charset=utf-8`]: { schema: at.schema("Payment") } },
      };
    },
  ],
];
