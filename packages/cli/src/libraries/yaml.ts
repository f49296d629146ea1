// Imported late: by name, which a bundler finds in a CommonJS module only where it is imported at once.
export { parseAllDocuments, parseDocument, stringify } from "yaml";
