/** How a promise has ended, so that none that rejects goes unheard while others are looked at. */
export function outcomeOf(promise: Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  return Promise.allSettled([promise]).then(([outcome]) => outcome);
}

/** What a promise rejects with. One that resolves fails the test. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await outcomeOf(promise);
  if (outcome.status === "rejected") return outcome.reason;
  throw new Error(`It resolved with ${JSON.stringify(outcome.value)}.`);
}
