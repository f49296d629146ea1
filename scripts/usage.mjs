/** What somebody who calls a command has to do otherwise, in one sentence. */
export class UsageError extends Error {}

/**
 * Reads a command line. What is wrong with it is said in one sentence, and the process exits with 2.
 * @template Read
 * @param {string} command
 * @param {() => Read | Promise<Read>} read
 */
export async function asCalled(command, read) {
  try {
    return await read();
  } catch (error) {
    const isOfParseArgs = /^ERR_PARSE_ARGS_/.test(/** @type {NodeJS.ErrnoException} */ (error).code ?? "");
    if (!isOfParseArgs && !(error instanceof UsageError)) throw error;
    const [sentence] = /** @type {Error} */ (error).message.split(/\. /);
    process.stderr.write(`${command}: ${sentence}\n`);
    process.exit(2);
  }
}
