// What we use of node-forge. The build puts it into one file (bundle.mjs says why).
export { md, pki } from "node-forge";
