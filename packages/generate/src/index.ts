export type { Description, Operation, Parameter, Schema } from "./description/description.js";
export type { Module } from "./write/facts.js";
export { writeModules } from "./write/files.js";
