/** What says "not now": a time-out of the server's, a request that came too early, too many of them. */
const transientClientErrors = new Set([408, 425, 429]);
/** What the server will never do: repeating it changes nothing. */
const lastingServerErrors = new Set([501, 505]);

/** Whether what an answer of this status complains of may pass by itself. The one place that says so: for retries and for waiting. */
export function isTransientStatus(status: number): boolean {
  return transientClientErrors.has(status) || (status >= 500 && status <= 599 && !lastingServerErrors.has(status));
}
