// What the client does, as OpenTelemetry spans.
//
// Prerequisites: @opentelemetry/api, and an SDK that is started before the first call.
//
//   const stop = traceAtlas({ attributes: { "server.address": "cloud.mongodb.com" } });
//
// Each request becomes a span of its own, below the span in which the call was made: logins and repeated attempts too.
// Retries, new tokens and looks at a connection become events of the caller's span. No event of the client holds a
// secret, an id of a project or a body, so none gets into a span.
import { type ChannelListener, subscribe, unsubscribe } from "node:diagnostics_channel";
import type { RequestEvent, ResponseEvent, RetryEvent, TokenEvent, WaitProgress } from "@atlas-streams/client";
import { type Attributes, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";

export interface TraceOptions {
  /** @default the global one, named as the client */
  readonly tracer?: Tracer;
  /** What every span says, such as `server.address`. */
  readonly attributes?: Attributes;
}

/** Turns requests into spans from now on; the function that it gives ends that. */
export function traceAtlas({
  tracer = trace.getTracer("@atlas-streams/client"),
  attributes = {},
}: TraceOptions = {}): () => void {
  const spans = new Map<RequestEvent, Span>();

  const stops = [
    listen("request", (request: RequestEvent) => {
      const { method, path, operationId } = request;
      const own = { "http.request.method": method, "url.template": path, "atlas.operation_id": operationId };
      const span = tracer.startSpan(`${method} ${path}`, {
        kind: SpanKind.CLIENT,
        attributes: { ...attributes, ...own },
      });
      spans.set(request, span);
    }),

    listen("response", ({ request, status, error }: ResponseEvent) => {
      const span = spans.get(request);
      if (!span) return; // it began before anybody listened
      spans.delete(request);
      span.setAttributes(outcomeOf(status, error));
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      else if (status !== undefined && status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }),

    listen("retry", ({ method, path, attempt, delayMs, status, error }: RetryEvent) => {
      const call = { "http.request.method": method, "url.template": path, "http.request.resend_count": attempt };
      tell("atlas.retry", { ...call, ...outcomeOf(status, error), "atlas.delay_ms": delayMs });
    }),

    listen("token", ({ expiresAt, error }: TokenEvent) => {
      tell("atlas.token", {
        ...(isMoment(expiresAt) && { "atlas.expires_at": new Date(expiresAt).toISOString() }),
        ...(error !== undefined && { "error.type": nameOf(error) }),
      });
    }),

    listen("wait", ({ state = "", attempt, elapsedMs }: Omit<WaitProgress, "connection">) => {
      tell("atlas.wait", { "atlas.state": state, "atlas.attempt": attempt, "atlas.elapsed_ms": elapsedMs });
    }),
  ];

  return () => {
    for (const stop of stops) stop();
    for (const span of spans.values()) span.end();
    spans.clear();
  };
}

function listen<Event>(name: string, listener: (event: Event) => void): () => void {
  const channel = `atlas-streams:${name}`;
  subscribe(channel, listener as ChannelListener);
  return () => void unsubscribe(channel, listener as ChannelListener);
}

/** Adds an event to the caller's span, if there is one and it has not ended. */
function tell(name: string, attributes: Attributes): void {
  const span = trace.getActiveSpan();
  if (span?.isRecording()) span.addEvent(name, attributes);
}

/** What throws in a listener ends the process, and not every number is a time. */
function isMoment(milliseconds: number | undefined): milliseconds is number {
  return milliseconds !== undefined && Math.abs(milliseconds) <= 8.64e15;
}

/** By the semantic conventions for HTTP: a status, or else a name for what went wrong; from 400 on, both. */
function outcomeOf(status: number | undefined, error: unknown): Attributes {
  if (status === undefined) return { "error.type": nameOf(error) };
  return { "http.response.status_code": status, ...(status >= 400 && { "error.type": String(status) }) };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "_OTHER";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** A caller may abort with anything, be it an object that cannot be made into a text. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "object" ? "_OTHER" : String(error);
}
