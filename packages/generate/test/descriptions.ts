import type { Description, Operation, Parameter, Schema } from "../src/index.js";

/** A description with these paths and schemas, and nothing else. */
export function describe(paths: Description["paths"], schemas: Record<string, Schema> = {}): Description {
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1.0.0" },
    servers: [{ url: "https://things.example" }],
    paths,
    components: { schemas },
  };
}

/** An operation that answers 200 with a body of one media type; without a schema the answer has none. */
export function answering(operationId: string, schema?: Schema, mediaType = "application/json"): Operation {
  return { operationId, responses: { 200: { ...(schema && { content: { [mediaType]: { schema } } }) } } };
}

/** A parameter in the path, of any text unless its schema says more. */
export function inPath(name: string, schema: Schema = { type: "string" }): Parameter {
  return { name, in: "path", required: true, schema };
}
