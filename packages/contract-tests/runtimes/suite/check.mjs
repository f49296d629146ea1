// The least that a case needs to complain with: not every runtime has node:assert.

/** @param {boolean} holds @param {string} complaint @returns {asserts holds} */
export function check(holds, complaint) {
  if (!holds) throw new Error(complaint);
}

/** @param {unknown} actual @param {unknown} expected @param {string} what */
export function equal(actual, expected, what) {
  const [seen, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  check(seen === wanted, `${what} is ${seen}, and not ${wanted}`);
}

/**
 * What a promise rejects with.
 * @param {Promise<unknown>} promise
 * @returns {Promise<any>} as thrown: any value may be
 */
export async function rejection(promise) {
  const resolved = await promise.then(
    (value) => ({ value }),
    (/** @type {unknown} */ error) => ({ error }),
  );
  if ("error" in resolved) return resolved.error;
  throw new Error(`It resolved with ${JSON.stringify(resolved.value)}, and had to reject.`);
}

/** @param {any} error @param {Function} ErrorClass */
export function isInstance(error, ErrorClass) {
  check(error instanceof ErrorClass, `It is no ${ErrorClass.name}, but ${error?.stack ?? String(error)}`);
}

/**
 * That an error is one of the client's: its code and fields, one honest sentence after the other, no id, no secret.
 * @param {any} error
 * @param {{ readonly [field: string]: unknown }} fields
 * @param {import("./place.mjs").Place} place
 */
export function isHonestError(error, fields, { AtlasError, secrets, groupId }) {
  isInstance(error, AtlasError);
  for (const [field, value] of Object.entries(fields))
    equal(error[field], value, `${field} of «${error.message}» (${describeCauses(error)})`);
  const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${describeCauses(error)}`;
  check(/[.!?]$/.test(error.message), `«${error.message}» does not end as a sentence does`);
  check(!/[.!?:,] ?[.:,]( |$)/.test(error.message), `«${error.message}» has two full stops`);
  const ids = error.detail === undefined ? [groupId] : []; // the service's own words may name them
  for (const hidden of [...ids, ...secrets]) check(!shown.includes(hidden), `${hidden} stands in ${shown}`);
}

/** @param {any} error @returns {string} */
function describeCauses(error) {
  const { cause } = error;
  return cause ? `cause: ${cause.name} ${cause.code ?? ""} ${cause.message}; ${describeCauses(cause)}` : "no cause";
}
