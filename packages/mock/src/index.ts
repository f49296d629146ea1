export type { Clock } from "./clock.js";
export type { MockCredentials } from "./credentials/credentials.js";
export type { MockRequest } from "./exchange.js";
export type { MockLimits, MockOptions } from "./options.js";
export { type Mock, startMock } from "./start-mock.js";
