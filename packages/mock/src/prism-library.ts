// What we use of Prism. The build puts it into one file with all that it needs (bundle.mjs says why).
export { createLogger } from "@stoplight/prism-core";
export { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
