import { InvalidArgumentError } from "../answer/errors.js";
import { property } from "../answer/json.js";

/** Who wants to know of one signal, and the one listener on it that tells them. */
interface Listening {
  readonly callbacks: Set<() => void>;
  readonly tellAll: () => void;
}

const listenings = new WeakMap<AbortSignal, Listening>();

/**
 * Calls back once when the signal aborts; the function it returns calls that off.
 *
 * However many listen to one signal, the signal has one listener: Node warns from the eleventh on, and
 * a signal that lives as long as a process must not keep what has ended.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const listening = listenings.get(signal) ?? listenTo(signal);
  const own = () => callback(); // the same callback may be given twice
  listening.callbacks.add(own);
  return () => {
    listening.callbacks.delete(own);
    if (listening.callbacks.size === 0 && listenings.get(signal) === listening) stopListening(signal, listening);
  };
}

/** The listener knows its signal by itself: neither `this` nor the event tells it on every runtime. */
function listenTo(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>();
  const tellAll = () => {
    stopListening(signal, listening);
    for (const callback of callbacks) callback();
  };
  const listening = { callbacks, tellAll };
  listenings.set(signal, listening);
  signal.addEventListener("abort", tellAll);
  return listening;
}

function stopListening(signal: AbortSignal, { tellAll }: Listening): void {
  listenings.delete(signal);
  signal.removeEventListener("abort", tellAll);
}

/** Why a signal has aborted. One of a polyfill or of a test environment may not say. */
export function reasonOf(signal: AbortSignal): unknown {
  const { reason } = signal as { readonly reason?: unknown };
  return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
}

/** Throws the reason of a signal that has aborted. Not by the signal's own method, which is younger than signals are. */
export function throwIfAborted(signal: AbortSignal | null | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/** Refuses what is no signal, of whatever realm or library: a controller, for example. */
export function refuseNoSignal(signal: unknown): void {
  const isSignal =
    typeof property(signal, "aborted") === "boolean" && typeof property(signal, "addEventListener") === "function";
  if (signal != null && !isSignal) throw new InvalidArgumentError("signal must be an AbortSignal. Nothing was sent.");
}
