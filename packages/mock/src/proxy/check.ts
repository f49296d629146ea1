import type { IncomingMessage } from "node:http";
import type { IHttpResponse } from "@stoplight/prism-http";
import { type Call, type MockRequest, urlOf } from "../exchange.js";
import { matcher } from "../operations.js";
import { inputOf, type Prism, prismConfig, routeFound } from "../prism.js";
import { narrowed } from "../request-kinds.js";
import type { Copy } from "./copy.js";
import type { Deviation } from "./deviation.js";
import {
  inAnswer,
  inLocation,
  inRequest,
  nameOf,
  nameOfRequest,
  unchecked,
  withoutOperation,
} from "./find-deviations.js";

/** A request, its answer, and copies of their bodies. */
export interface Exchange {
  readonly request: Omit<MockRequest, "body">;
  readonly sent: Copy;
  readonly answer: IncomingMessage;
  readonly received: Copy;
}

/** Finds where an exchange differs from the description. */
export type Check = (exchange: Exchange) => Promise<Deviation[]>;

export async function createCheck(prism: Prism, upstream: URL): Promise<Check> {
  const find = matcher(prism.operations);
  const library = await import("../prism-library.js");
  const logger = library.createLogger("prism", { enabled: false });

  function callOf(request: MockRequest): Call | undefined {
    const url = urlOf(request);
    const match = find(request.method, url.pathname);
    const { origin } = upstream;
    return "operation" in match ? narrowed({ ...match, query: url.searchParams, request, origin }) : undefined;
  }

  async function askPrism(call: Call, answer: IHttpResponse) {
    // Prism checks the answer that its mock gives: this one.
    const mock = () => () => ({ _tag: "Right", right: answer }) as const;
    const judge = library.createInstance(prismConfig, { logger, route: routeFound, mock });
    const result = await judge.request(inputOf(call), [call.operation])();
    if (result._tag === "Left") throw result.left;
    return result.right.validations;
  }

  async function compare(call: Call, answer: IHttpResponse, sent: unknown): Promise<Deviation[]> {
    try {
      const { input, output } = await askPrism(call, answer);
      return [...inRequest(call, input), ...inAnswer(call, answer, output, sent)];
    } catch (error) {
      return [unchecked(nameOf(call), "answer", error), ...inAnswer(call, answer, [], sent)];
    }
  }

  return async ({
    request: bare,
    sent,
    answer: {
      statusCode = 0,
      headers: raw,
      headers: { location },
    },
    received,
  }) => {
    let [name, part] = [nameOfRequest(bare), "request"];
    try {
      const body = await sent.read(bare.headers);
      const request = { ...bare, ...(body !== undefined && { body }) };
      const call = callOf(request);
      if (call) name = nameOf(call);
      const redirect = inLocation(name, statusCode, location, upstream);
      if (!call) return [withoutOperation(request), ...redirect];
      part = "answer";
      const headers = joined(raw);
      const answer = { statusCode, headers, body: await received.read(headers) };
      return [...redirect, ...(await compare(call, answer, body))];
    } catch (error) {
      return [unchecked(name, part, error)];
    }
  };
}

/** Headers as the description's check wants them. */
export function joined(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}
