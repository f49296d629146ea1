import type { Description, Operation, Parameter, Schema } from "../../src/index.js";

/** The version of everything in the description. */
export const json = "application/vnd.shop.2024-01-01+json";

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const text = (): Schema => ({ type: "string" });
const error = { $ref: "#/components/responses/Refused" };

/** A small description in which there is one of everything that can change. */
export function orders(): Description {
  return structuredClone({
    openapi: "3.1.0",
    info: { title: "Orders", version: "1.0.0" },
    servers: [{ url: "https://shop.example" }],
    security: [{ token: ["read"] }, { key: [] }],
    paths: {
      "/orders": {
        get: {
          operationId: "listOrders",
          parameters: [
            { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 50 } },
            {
              name: "sort",
              in: "query",
              schema: { type: "array", items: { type: "string", enum: ["date", "price"] } },
            },
            { name: "X-Trace", in: "header", schema: { type: "string" } },
          ],
          responses: { 200: body(ref("OrderPage")), 401: error },
        },
        post: {
          operationId: "createOrder",
          requestBody: { required: true, ...body(ref("OrderRequest")) },
          responses: { 201: body(ref("Order")), 401: error },
        },
      },
      "/orders/{orderId}": {
        parameters: [
          { name: "orderId", in: "path", required: true, schema: { type: "string", pattern: "^[a-f0-9]{24}$" } },
        ],
        get: {
          operationId: "getOrder",
          responses: { 200: { ...body(ref("Order")), headers: { ETag: { schema: { type: "string" } } } }, 404: error },
        },
        delete: { operationId: "deleteOrder", responses: { 204: {}, 404: error } },
      },
      "/payment": {
        get: { operationId: "getPayment", responses: { 200: body(ref("Payment")) } },
        put: { operationId: "putPayment", requestBody: body(ref("PaymentRequest")), responses: { 204: {} } },
      },
    },
    components: {
      securitySchemes: {
        token: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://shop.example/token", scopes: { read: "Read" } } },
        },
        key: { type: "apiKey", in: "header", name: "X-Key" },
      },
      responses: {
        Refused: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["code"],
                properties: { code: { type: "string" }, hint: { type: "string" } },
              },
            },
          },
        },
      },
      schemas: {
        OrderPage: {
          type: "object",
          required: ["results"],
          properties: { results: { type: "array", items: ref("Order") }, totalCount: { type: "integer" } },
        },
        Order: {
          type: "object",
          required: ["id", "total"],
          properties: {
            id: { type: "string", readOnly: true },
            total: { type: "number", description: "What it costs" },
            count: { type: "integer" },
            currency: { type: "string", enum: ["EUR", "USD"] },
            state: { type: "string", "x-extensible-enum": ["OPEN", "PAID"] },
            note: { type: ["string", "null"], maxLength: 100 },
            remark: { type: "string", pattern: "^.{0,9}$" },
            customer: ref("Customer"),
            phase: { type: "string", enum: ["NEW", "OLD"], "x-extensible-enum": ["NEW", "OLD"] },
            size: { anyOf: [{ type: "string" }, { type: "number" }] },
            extras: { type: "array" },
            vehicle: ref("Vehicle"),
            labels: { type: "object", additionalProperties: { type: "string" } },
          },
        },
        OrderRequest: {
          type: "object",
          required: ["total"],
          properties: {
            id: { type: "string", readOnly: true },
            total: { type: "number", minimum: 0 },
            count: { type: "integer", default: 1, multipleOf: 2 },
            currency: { type: "string", enum: ["EUR", "USD"] },
            channel: { type: "string", "x-extensible-enum": ["SHOP", "WEB"] },
            note: { type: ["string", "null"], maxLength: 100 },
            remark: { type: "string", pattern: "^[a-z]{1,9}$" },
            code: { type: "string", pattern: "^(a|b)$" },
            slug: { type: "string", pattern: "^(?!x)[a-z]+$" },
            prefix: { type: "string", pattern: "^ab" },
            weight: { type: "number", multipleOf: 0.3 },
            due: { type: "string", format: "date" },
            size: { anyOf: [{ type: "string" }, { type: "number" }, { type: "integer" }] },
            hints: { type: "object", patternProperties: { "^x-": { type: "string" } } },
            items: { type: "array", minItems: 1, maxItems: 10, items: { type: "string" } },
            labels: { type: "object", additionalProperties: { type: "string" } },
          },
        },
        Customer: { allOf: [ref("Person"), { type: "object", properties: { vip: { type: "boolean" } } }] },
        Person: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string" }, email: { type: "string", format: "email" } },
        },
        Card: way("card", { number: { type: "string" } }),
        Transfer: way("transfer", { iban: { type: "string" } }),
        Cash: way("cash", { change: { type: "number" } }),
        Vehicle: {
          type: "object",
          required: ["kind"],
          properties: { kind: { type: "string" } },
          discriminator: { propertyName: "kind" },
        },
        Car: { allOf: [ref("Vehicle"), { type: "object", properties: { doors: { type: "integer" } } }] },
        Van: { allOf: [ref("Vehicle"), { type: "object", properties: { load: { type: "number" } } }] },
        Payment: choice("Card", "Transfer"),
        PaymentRequest: choice("Card", "Transfer"),
      },
    },
  } satisfies Description);
}

function body(schema: Schema) {
  return { content: { [json]: { schema } } };
}

function way(kind: string, properties: Record<string, Schema>): Schema {
  return { type: "object", required: ["kind"], properties: { kind: { type: "string", const: kind }, ...properties } };
}

function choice(...names: string[]): Schema {
  const mapping = Object.fromEntries(names.map((name) => [name.toLowerCase(), ref(name).$ref]));
  return { oneOf: names.map(ref), discriminator: { propertyName: "kind", mapping } };
}

/** What a pair needs to reach into the description; what is not there is a mistake of the pair. */
export function reach(description: Description) {
  const schemas = description.components?.schemas ?? {};
  return {
    description,
    paths: description.paths,
    schemas,
    schema: (name: string): Schema => there(schemas[name], name),
    property: (name: string, property: string): Schema =>
      there(schemas[name]?.properties?.[property], `${name}.${property}`),
    operation: (id: string): Operation =>
      there(
        Object.values(description.paths)
          .flatMap(({ get, post, put, delete: remove }) => [get, post, put, remove])
          .find((operation) => operation?.operationId === id),
        id,
      ),
    parameter: (id: string, name: string): Parameter => {
      const item = there(
        Object.values(description.paths).find((each) =>
          Object.values(each).some((one) => "operationId" in one && one.operationId === id),
        ),
        id,
      );
      const all = Object.values(item).flatMap((each) =>
        Array.isArray(each) ? each : "parameters" in each ? (each.parameters ?? []) : [],
      );
      return there(
        all.find((each) => "name" in each && each.name === name),
        name,
      ) as Parameter;
    },
  };
}

export type Reach = ReturnType<typeof reach>;

/** A pair: what is changed in the description, and what that means to callers. */
export type Pair = readonly [title: string, level: "major" | "minor" | "patch" | "none", change: (at: Reach) => void];

function there<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`there is no ${name}`);
  return thing;
}

/** Makes a list of words a choice of lists. */
export function choose(schema: Schema, ...lists: readonly string[][]): void {
  delete schema.enum;
  delete schema["x-extensible-enum"];
  delete schema.type;
  schema.oneOf = lists.map((words) => ({ type: "string", enum: words }));
}
