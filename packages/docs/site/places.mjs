import { fileURLToPath } from "node:url";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export const root = at("../../../");
export const docs = at("../");
/** Where the pages are written that VitePress then renders: nothing in it is written by hand. */
export const pages = at("../.pages/");
/** Where the site is built. */
export const site = at("../dist/");
