/** An OpenAPI description, 3.0 or 3.1, in one document: what this package reads of it. */
export interface Description {
  openapi: string;
  info?: { title?: string; version?: string; [field: string]: unknown };
  servers?: { url: string }[];
  security?: SecurityRequirement[];
  tags?: { name: string }[];
  paths: Record<string, PathItem>;
  components?: Components;
}

export interface Components {
  schemas?: Record<string, Schema>;
  parameters?: Record<string, Parameter | Reference>;
  responses?: Record<string, Response | Reference>;
  securitySchemes?: Record<string, unknown>;
  [kind: string]: Record<string, unknown> | undefined;
}

export interface Reference {
  $ref: string;
}

export type SecurityRequirement = Record<string, string[]>;

export const methods = ["get", "head", "options", "put", "post", "delete", "patch", "trace"] as const;
export type Method = (typeof methods)[number];

export interface PathItem extends Partial<Record<Method, Operation>> {
  $ref?: string;
  parameters?: (Parameter | Reference)[];
}

export interface Operation {
  operationId?: string;
  tags?: string[];
  deprecated?: boolean;
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses: Record<string, Response | Reference>;
  security?: SecurityRequirement[];
  [extension: `x-${string}`]: unknown;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  deprecated?: boolean;
  schema?: Schema;
  content?: Content;
  style?: string;
  explode?: boolean;
}

export interface RequestBody {
  required?: boolean;
  content?: Content;
}

export interface Response {
  headers?: Record<string, Header | Reference>;
  content?: Content;
  [extension: `x-${string}`]: unknown;
}

export interface Header {
  required?: boolean;
  schema?: Schema;
}

export type Content = Record<string, MediaType>;

export interface MediaType {
  schema?: Schema;
  [extension: `x-${string}`]: unknown;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  nullable?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  deprecated?: boolean;
  title?: string;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  unevaluatedProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  not?: Schema;
  discriminator?: { propertyName: string; mapping?: Record<string, string> };
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number | boolean;
  exclusiveMaximum?: number | boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  [extension: `x-${string}`]: unknown;
}
