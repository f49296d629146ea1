import type { IHttpOperation, IHttpPathParam, IHttpQueryParam } from "@stoplight/types";
import { takesBasic } from "./credentials/gate.js";
import type { Errors } from "./errors.js";
import type { Call, Choice } from "./exchange.js";
import { onceFor } from "./operations.js";
import type { Violation } from "./prism.js";
import { requestKinds } from "./request-kinds.js";

interface Field {
  readonly field: string;
  readonly description: string;
}

/** Says what is wrong with a request in the service's error body, field by field. */
export function refuseInvalid(call: Call, violations: readonly Violation[], errors: Errors): Choice {
  const { operation, parameters, request } = call;
  if (takesBasic(operation)) {
    const isOtherGrant = violations.every(({ path, code }) => path.at(-1) === "grant_type" && code !== "required");
    return errors.oauth(400, isOtherGrant ? "unsupported_grant_type" : "invalid_request");
  }
  const places = violations.map((violation) => {
    const [part = "body"] = violation.path;
    return { part, code: violation.code, ...fieldOf(violation, operation) };
  });
  const fields = eachOnce(places.map(({ field, description }) => ({ field, description })));
  const inPath = places.find(({ part }) => part === "path");
  if (inPath) return refusePath(parameters[inPath.field] ?? "", errors);
  const missing = places.find(({ part, code }) => part === "query" && code === "required");
  if (missing) {
    const parameters = [missing.field];
    return errors.api({ status: 400, errorCode: "MISSING_QUERY_PARAMETER", parameters });
  }
  const [first] = fields;
  if (first && places.every(({ part }) => part === "query"))
    return refuseValue(`${first.field} ${first.description}.`, errors, fields);
  const isBroken = typeof request.body === "string" && /json/i.test(request.headers["content-type"] ?? "");
  if (isBroken) return errors.api({ status: 400, errorCode: "MALFORMED_JSON", detail: "Received JSON is malformed." });
  const detail = "The request content produced validation errors.";
  return errors.api({ status: 400, errorCode: "BAD_REQUEST", detail, fields });
}

function eachOnce(fields: readonly Field[]): Field[] {
  return [...new Map(fields.map((each) => [JSON.stringify(each), each])).values()];
}

/** 400, in the words that the service has for whatever it does not like. */
export function refuseValue(why: string, errors: Errors, fields?: readonly Field[]): Choice {
  const detail = `The request content produced the validation error: ${why}`;
  return errors.api({
    status: 400,
    errorCode: "VALIDATION_ERROR",
    detail,
    parameters: [why],
    ...(fields && { fields }),
  });
}

/** Whether the id of the project cannot be one: then it is one that does not exist. */
export function malformedProject({ operation, parameters: { groupId = "" } }: Call): boolean {
  return projectPattern(operation)?.test(groupId) === false;
}

const projectPattern = onceFor(({ request }) => {
  const pattern = request?.path?.find(({ name }) => name === "groupId")?.schema?.pattern;
  return pattern === undefined ? undefined : new RegExp(pattern, "u");
});

/**
 * Integers that are none in decimal digits. Prism takes `1e2`, `0x10` and nothing at all for numbers; what it does refuse
 * is told in the same words, so that it is told once.
 */
export function malformedNumbers({ operation, query }: Call): Violation[] {
  const integers = (operation.request?.query ?? []).filter(({ schema }) => schema?.type === "integer");
  return integers
    .filter(({ name }) => query.getAll(name).some((value) => !isInteger(value)))
    .map(({ name }) => ({ path: ["query", name], message: "must be integer", code: "type" }));
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text));
}

/** What cannot be an id is an id of nothing. */
function refusePath(id: string, errors: Errors): Choice {
  return errors.api({ status: 404, errorCode: "RESOURCE_NOT_FOUND", parameters: [id] });
}

/** Prism says where as a path and what as a sentence that begins with where; what is missing, or one too many, it quotes. */
function fieldOf({ path, message, code }: Violation, operation: IHttpOperation): Field {
  const [part = "body", ...steps] = path;
  const quoted = /'([^']*)'/.exec(message)?.[1];
  const name = nameOf(
    [...steps, ...(code === "required" || code === "additionalProperties" ? [quoted ?? ""] : [])].join("."),
    operation,
  );
  if (code === "required") return { field: name || part, description: "must not be missing" };
  if (code === "additionalProperties") return { field: name, description: whyNot(name, operation) };
  const [, description = message] = /\b(must .*)$/.exec(message) ?? [];
  return { field: name || part, description };
}

/** Why a field cannot be sent: the resource may have it all the same. */
function whyNot(name: string, operation: IHttpOperation): string {
  const success = operation.responses.find(({ code }) => code.startsWith("2"))?.contents?.[0]?.schema;
  const { properties = {} } = success ?? {};
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property === undefined || typeof property === "boolean") return "is not a field of this resource";
  if (property.readOnly === true) return "is set by the service";
  const telling = new Set(requestKinds(operation).flatMap(({ constants }) => Object.keys(constants)));
  return telling.size > 0 ? `is not taken for this ${[...telling].join(" and ")}` : "is not taken here";
}

/** Prism writes the names of parameters in lower case. */
function nameOf(name: string, { request }: IHttpOperation): string {
  const parameters: readonly (IHttpPathParam | IHttpQueryParam)[] = [
    ...(request?.path ?? []),
    ...(request?.query ?? []),
  ];
  return parameters.find((parameter) => parameter.name.toLowerCase() === name)?.name ?? name;
}
