/** Somebody else's text, fit for a terminal: nothing in it moves the cursor or hides the rest, and it has an end. */
export function printable(text: string, most = 300): string {
  // Cut before and after: the first keeps the work small, the second the result.
  const plain = text
    .slice(0, most + 1)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}
