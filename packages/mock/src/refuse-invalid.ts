import type { IHttpOperation } from "@stoplight/types";
import { takesBasic } from "./credentials/gate.js";
import type { Errors } from "./errors.js";
import type { Call, Choice } from "./exchange.js";
import type { Violation } from "./prism.js";

interface Field {
  readonly field: string;
  readonly description: string;
}

/** Says what is wrong with a request in the service's error body, field by field. A malformed project is one that does not exist. */
export function refuseInvalid(
  { operation, parameters, request }: Call,
  violations: readonly Violation[],
  errors: Errors,
): Choice {
  if (takesBasic(operation)) {
    const isOtherGrant = violations.every(({ path, code }) => path.at(-1) === "grant_type" && code !== "required");
    return errors.oauth(400, isOtherGrant ? "unsupported_grant_type" : "invalid_request");
  }
  const { groupId } = parameters;
  if (groupId !== undefined && violations.some(({ path }) => path.join(".") === "path.groupid")) {
    return errors.api({ status: 404, errorCode: "INVALID_GROUP_ID", parameters: [groupId] });
  }
  const fields = violations.map((violation) => fieldOf(violation, operation));
  const [first] = fields;
  if (first && violations.every(({ path }) => path[0] === "query")) {
    const why = `${first.field} ${first.description}.`;
    const detail = `The request content produced the validation error: ${why}`;
    return errors.api({ status: 400, errorCode: "VALIDATION_ERROR", detail, parameters: [why], fields });
  }
  const isBroken = typeof request.body === "string" && /json/i.test(request.headers["content-type"] ?? "");
  if (isBroken) return errors.api({ status: 400, errorCode: "MALFORMED_JSON", detail: "Received JSON is malformed." });
  return errors.api({
    status: 400,
    errorCode: "BAD_REQUEST",
    detail: "The request content produced validation errors.",
    fields,
  });
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
  if (code === "additionalProperties") return { field: name, description: "is not a field of this resource" };
  const [, description = message] = /\b(must .*)$/.exec(message) ?? [];
  return { field: name || part, description };
}

/** Prism writes the names of parameters in lower case. */
function nameOf(name: string, { request }: IHttpOperation): string {
  const parameters = [...(request?.path ?? []), ...(request?.query ?? [])];
  return parameters.find((parameter) => parameter.name.toLowerCase() === name)?.name ?? name;
}
