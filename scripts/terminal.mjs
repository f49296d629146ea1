// What a terminal shows: bold and dim; plain text where it is no terminal.
const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {string} text */
export const heading = (text) => (isColoured ? `\x1b[1m${text}\x1b[0m` : text);

/** @param {string} text */
export const dim = (text) => (isColoured ? `\x1b[2m${text}\x1b[0m` : text);
