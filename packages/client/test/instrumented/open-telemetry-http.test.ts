import http from "node:http";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test } from "vitest";
import { connect, connection, connectionId, groupId, startService } from "../transport/service.js";

test("OpenTelemetry's instrumentation of node:http sees each request, as a child of the caller's span", async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const instrumentation = new HttpInstrumentation();
  instrumentation.setTracerProvider(provider);
  // The modules are loaded by now, which require() would have noticed: they are handed over.
  for (const module of instrumentation.getModuleDefinitions())
    if (module.name === "http") module.patch?.(http, process.version);
  onTestFinished(() => {
    instrumentation.disable();
    context.disable();
  });
  const service = await startService();
  const { privateLinkConnections } = connect(service.url);
  const caller = provider.getTracer("test").startSpan("caller");
  const read = await context.with(trace.setSpan(context.active(), caller), () =>
    privateLinkConnections.get({ groupId, connectionId }),
  );
  expect(read).toEqual(connection);
  const requests = exporter.getFinishedSpans().filter(({ kind }) => kind === 2);
  expect(requests.map(({ attributes }) => attributes["http.request.method"] ?? attributes["http.method"])).toEqual([
    "POST",
    "GET",
  ]);
  for (const span of requests) expect(span.spanContext().traceId).toBe(caller.spanContext().traceId);
});
