export { type ClockOptions, type MovingClock, startClock } from "./moving-clock.js";
export { outcomeOf, rejection } from "./outcomes.js";
export { aMoment, turn } from "./turns.js";
