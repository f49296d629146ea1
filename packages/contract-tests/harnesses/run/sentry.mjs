import * as Sentry from "@sentry/node";

let told = 0;
Sentry.init({
  dsn: "http://key@127.0.0.1:9/1",
  tracesSampleRate: 1,
  transport: () => ({
    send: async () => {
      told++;
      return {};
    },
    flush: async () => true,
  }),
});
const { report } = await import("./report.mjs");
await Sentry.startSpan({ name: "twenty calls" }, () => report());
await Sentry.flush(1000);
if (told === 0) throw new Error("Sentry has seen nothing.");
