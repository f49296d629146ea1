/**
 * The comments of openapi-typescript as editors read them: the description is the text and no tag of it, its lines are
 * not indented, which in Markdown would be code, and a title or a format comes after it.
 */
export function plainComments(code: string): string {
  return code.replaceAll(/\/\*\*[\s\S]*?\*\//g, plainComment);
}

function plainComment(comment: string): string {
  const [, before, words, after] = /^([\s\S]*?)@description ([\s\S]*?)(\n *\* @[\s\S]*|\s*\*\/)$/.exec(comment) ?? [];
  if (before === undefined || words === undefined || after === undefined) return comment;
  const text = words.replaceAll(/^( *\*) {5}/gm, "$1 ").replaceAll(/ +$/gm, "");
  const [, open = before, line = "", facts] = /^(\/\*\*(\n *\* ))([\s\S]+)\2$/.exec(before) ?? [];
  const rest = facts === undefined ? "" : `${line.trimEnd()}${line}${facts}`;
  return `${open}${text}${rest}${after}`;
}
