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
