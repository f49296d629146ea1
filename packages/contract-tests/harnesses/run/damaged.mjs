// What a process may have done to its globals before the client is loaded.
class OwnError extends Error {}
class OwnPromise extends Promise {}
class OwnDate extends Date {}

Error.prepareStackTrace = (error, frames) => ({ frames: frames.length, of: error.name });
Error.stackTraceLimit = 0;
delete Error.captureStackTrace;
delete AbortSignal.any;
delete AbortSignal.timeout;
delete globalThis.structuredClone;
Object.prototype.everybodyHasThis = "a thing";
Array.prototype.everyListHasThis = () => "a thing";
Object.assign(globalThis, { Error: OwnError, Promise: OwnPromise, Date: OwnDate });
for (const intrinsic of [Error, Promise, Date, Map, Set, Array, Object]) Object.freeze(intrinsic);
globalThis.Event = class {};
globalThis.DOMException = class {};

const { report } = await import("./report.mjs");
await report();
