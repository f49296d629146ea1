const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal aborts; the function it returns calls that off.
 *
 * However many listen to one signal, the signal has one listener: Node warns from the eleventh on, and
 * a signal that lives as long as a process must not keep what has ended.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const callbacks = listeners.get(signal) ?? listenTo(signal);
  const own = () => callback(); // the same callback may be given twice
  callbacks.add(own);
  return () => {
    callbacks.delete(own);
    if (callbacks.size === 0 && listeners.get(signal) === callbacks) stopListening(signal);
  };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  listeners.set(signal, callbacks);
  signal.addEventListener("abort", tellAll);
  return callbacks;
}

function stopListening(signal: AbortSignal): void {
  listeners.delete(signal);
  signal.removeEventListener("abort", tellAll);
}

/** It asks the event and not `this`, which on workerd was not always the signal. */
function tellAll({ currentTarget }: Event): void {
  const signal = currentTarget as AbortSignal;
  const callbacks = listeners.get(signal) ?? [];
  stopListening(signal);
  for (const callback of callbacks) callback();
}
