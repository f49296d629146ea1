export type { Clock } from "./clock.js";
export type { MockConnection } from "./connections/connections.js";
export type { Life, LifeOf, Scenario, Step } from "./connections/scenario.js";
export type { MockCredentials } from "./credentials/credentials.js";
export type { MockRequest } from "./exchange.js";
export type * from "./faults/fault.js";
export type { MockLimits, MockOptions } from "./options.js";
export { type Mock, type MockState, startMock } from "./start-mock.js";
