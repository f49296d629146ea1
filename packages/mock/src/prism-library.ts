// What we use of Prism, and of the validator that it brings. The build puts it into one file with all that it needs (bundle.mjs says why).
export { createLogger } from "@stoplight/prism-core";
export { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
export { Ajv } from "ajv";
