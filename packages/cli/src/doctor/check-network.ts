import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { exitCodes } from "../exit-codes.js";
import { proxyAgentFor, proxyFor } from "../session/proxy.js";
import { durationText } from "../terminal/text.js";
import type { World } from "../world.js";
import type { CheckedSettings } from "./check-settings.js";
import type { Finding } from "./finding.js";

const exitCode = exitCodes.network;
const patienceMs = 10_000;
/** A clock that is off by more than this fails logins and certificates. */
const mostDriftMs = 120_000;

/** The name, the way, the certificate and the clock; gives whether the service answers at all. */
export async function* checkNetwork(world: World, { baseUrl }: CheckedSettings): AsyncGenerator<Finding, boolean> {
  const { hostname } = new URL(baseUrl);
  const proxy = await proxyFor(baseUrl, world.environment);
  if (proxy) yield { check: "Name", is: "right", detail: `${hostname} is left to the proxy ${withoutPassword(proxy)}` };
  else {
    const address = await lookup(hostname.replace(/^\[|\]$/g, "")).catch((error: NodeJS.ErrnoException) => error);
    if (address instanceof Error) {
      yield {
        check: "Name",
        is: "wrong",
        detail: `${hostname} has no address (${address.code})`,
        advice: "Check the network, its DNS, and the base URL. Behind a proxy set HTTPS_PROXY.",
        exitCode,
      };
      return false;
    }
    yield { check: "Name", is: "right", detail: `${hostname} is ${address.address}` };
  }
  return yield* checkWay(world, baseUrl, proxy);
}

async function* checkWay(world: World, baseUrl: string, proxy: string | undefined): AsyncGenerator<Finding, boolean> {
  const askedAt = Date.now();
  const answer = await knock(baseUrl, await proxyAgentFor(baseUrl, world.environment), world.interrupt.signal);
  if (answer instanceof Error) {
    world.interrupt.signal.throwIfAborted();
    yield { check: "Network", is: "wrong", ...explain(answer, proxy), exitCode };
    return false;
  }
  const tookMs = Date.now() - askedAt;
  yield { check: "Network", is: "right", detail: `${new URL(baseUrl).host} answers, in ${tookMs} ms` };
  const driftMs = answer.date === undefined ? Number.NaN : Date.parse(answer.date) - (askedAt + tookMs / 2);
  if (Number.isNaN(driftMs)) yield { check: "Clock", is: "unknown", detail: "the service tells no time" };
  else if (Math.abs(driftMs) > mostDriftMs)
    yield {
      check: "Clock",
      is: "wrong",
      detail: `this machine's is ${durationText(Math.abs(driftMs))} ${driftMs > 0 ? "behind" : "ahead of"} the service's`,
      advice: "Set it right: tokens and certificates are judged by it.",
      exitCode: exitCodes.failure,
    };
  else yield { check: "Clock", is: "right", detail: "as the service's" };
  return true;
}

/** Any answer at all is an answer; nothing that needs credentials is asked for. */
async function knock(
  baseUrl: string,
  agent: object | undefined,
  signal: AbortSignal,
): Promise<{ readonly date: string | undefined } | NodeJS.ErrnoException> {
  const { request } = await import(baseUrl.startsWith("https:") ? "node:https" : "node:http");
  return new Promise((resolve) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const asking = request(`${baseUrl}/api/atlas/v2`, { method: "GET", agent, signal: limit });
    asking.on("response", (response: IncomingMessage) => {
      response.resume();
      // What comes in the clear where TLS was asked for is the proxy's own answer.
      const isProxy = baseUrl.startsWith("https:") && !("encrypted" in response.socket);
      resolve(isProxy ? new Error(`it answered ${response.statusCode}`) : { date: response.headers.date });
    });
    asking.on("error", resolve);
    asking.end();
  });
}

function explain(error: NodeJS.ErrnoException, proxy: string | undefined): { detail: string; advice: string } {
  const { code = error.name, message } = error;
  if (/CERT|SIGNATURE|ISSUER|SELF_SIGNED|ALTNAME/.test(code))
    return {
      detail: `the certificate is not trusted (${code})`,
      advice:
        "Something between here and the service may open the encryption, such as a company's proxy. Ask for its certificate and set NODE_EXTRA_CA_CERTS to its file. A clock that is off does the same.",
    };
  if (proxy)
    return {
      detail: `the proxy ${withoutPassword(proxy)} does not let it through (${code === "Error" ? message : code})`,
      advice: "Check HTTPS_PROXY and its password; NO_PROXY names what goes without it.",
    };
  if (/^(ABORT_ERR|ETIMEDOUT|TimeoutError)$/.test(code))
    return {
      detail: `no answer within ${patienceMs / 1000} s`,
      advice: "A firewall may be in the way. Behind a proxy set HTTPS_PROXY.",
    };
  return {
    detail: `it cannot be reached (${code})`,
    advice: "Check the network and the base URL. Behind a proxy set HTTPS_PROXY.",
  };
}

function withoutPassword(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : "of HTTPS_PROXY, which is no URL,";
}
