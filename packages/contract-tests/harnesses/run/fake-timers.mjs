// What sinon's fake timers are made of.
import FakeTimers from "@sinonjs/fake-timers";

const clock = FakeTimers.install({ shouldAdvanceTime: true });
const { report } = await import("./report.mjs");
await report();
clock.uninstall();
