// How many bytes each of many projects leaves in this process. Run with --expose-gc.

/**
 * @param {(project: number) => Promise<unknown>} visit does in one project what may leave something behind
 * @param {{ before: number, projects: number, settle?: () => Promise<unknown> }} extent how many are visited before anything is measured, and how many then; `settle` runs before each measurement
 */
export async function bytesLeftBehind(visit, { before, projects, settle = async () => {} }) {
  await visitAll(visit, 1, before);
  const heapBefore = await heapAfter(settle);
  await visitAll(visit, before, before + projects);
  return ((await heapAfter(settle)) - heapBefore) / projects;
}

async function visitAll(visit, from, to) {
  for (let number = from; number < to; number += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => visit(number + index)));
}

async function heapAfter(settle) {
  await settle();
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}
