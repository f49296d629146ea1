// Imported late, as yaml is.
export { HttpsProxyAgent } from "https-proxy-agent";
