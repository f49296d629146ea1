import type { Pair } from "../orders.js";

/** Pairs that differ in where the service is and how callers show who they are. */
export const security: readonly Pair[] = [
  [
    "a way of authentication is removed",
    "major",
    (at) => {
      at.description.security?.pop();
    },
  ],
  [
    "a way of authentication is added",
    "minor",
    (at) => {
      Object.assign(at.description.components?.securitySchemes ?? {}, { basic: { type: "http", scheme: "basic" } });
      at.description.security?.push({ basic: [] });
    },
  ],
  [
    "two ways of authentication are needed at once",
    "major",
    (at) => {
      at.description.security = [{ token: ["read"], key: [] }];
    },
  ],
  [
    "a further scope is needed",
    "major",
    (at) => {
      at.description.security = [{ token: ["read", "write"] }, { key: [] }];
    },
  ],
  [
    "an operation may be called without credentials",
    "minor",
    (at) => {
      at.operation("getOrder").security = [];
    },
  ],
  [
    "an operation says for itself what holds for all",
    "none",
    (at) => {
      at.operation("getOrder").security = [{ key: [] }, { token: ["read"] }];
    },
  ],
  [
    "a way of authentication is called otherwise",
    "none",
    (at) => {
      const { securitySchemes: schemes = {} } = at.description.components ?? {};
      schemes.apiKey = schemes.key;
      delete schemes.key;
      at.description.security = [{ token: ["read"] }, { apiKey: [] }];
    },
  ],
  [
    "a key goes into another header",
    "major",
    (at) => {
      Object.assign(at.description.components?.securitySchemes ?? {}, {
        key: { type: "apiKey", in: "header", name: "X-Api-Key" },
      });
    },
  ],
  [
    "the service is elsewhere",
    "major",
    (at) => {
      at.description.servers = [{ url: "https://orders.example" }];
    },
  ],
  [
    "the service is in a second place",
    "minor",
    (at) => {
      at.description.servers?.push({ url: "https://orders.example" });
    },
  ],
];
