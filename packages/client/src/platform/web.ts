import type { Platform } from "./platform.js";

/** Every runtime that is not Node. */
export const platform: Platform = {};
