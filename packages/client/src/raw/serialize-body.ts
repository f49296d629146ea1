import { defaultBodySerializer } from "openapi-fetch";
import { InvalidArgumentError } from "../answer/errors.js";
import { plainCause } from "../answer/plain-cause.js";

/** openapi-fetch's own way to write a body, save that what JSON cannot say is an error of this client. */
export function serializeBody(...body: Parameters<typeof defaultBodySerializer>): string {
  try {
    return defaultBodySerializer(...body);
  } catch (error) {
    const why = "it has a BigInt in it, holds itself, or throws where it is read";
    const cause = plainCause(error, []);
    throw new InvalidArgumentError(`body cannot be written as JSON: ${why}. Nothing was sent.`, {}, { cause });
  }
}
