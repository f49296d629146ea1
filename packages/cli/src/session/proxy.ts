import type { Environment } from "@atlas-streams/client";
import { UsageError } from "../usage-error.js";

/** The proxy that calls of a URL go through, as `HTTPS_PROXY` and `NO_PROXY` say. Plain http is for this machine alone, and needs none. */
export async function proxyFor(url: string, environment: Environment): Promise<string | undefined> {
  const isAsked = Object.keys(environment).some((name) =>
    /^(npm_config_)?(https|all)_proxy$|^npm_config_proxy$/i.test(name),
  );
  if (!url.startsWith("https:") || !isAsked) return undefined;
  const { getProxyForUrl } = await import("proxy-from-env");
  return getProxyForUrl(url) || undefined;
}

/** An agent that opens connections through that proxy; none where there is no proxy. */
export async function proxyAgentFor(url: string, environment: Environment): Promise<object | undefined> {
  const proxy = await proxyFor(url, environment);
  if (proxy === undefined) return undefined;
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol))
    throw new UsageError("HTTPS_PROXY has to be a URL, such as http://proxy.example:3128.");
  const { HttpsProxyAgent } = await import("../libraries/https-proxy-agent.js");
  return new HttpsProxyAgent(proxy, { keepAlive: true });
}
