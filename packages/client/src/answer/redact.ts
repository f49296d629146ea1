import { type Reading, readingsOf } from "./readings.js";
import { letters, type Secret, type SentBody, shortestRun } from "./secrets.js";

/** What stands in the place of a secret. */
export const mark = "[redacted]";
/** A credential that is shorter may stand in any word: it is taken out where it stands for itself, or after its scheme. */
const shortestInWord = 4;
/** A shorter one may come about by chance where words are joined. */
const shortestUnbroken = 8;
/** As much of a body, without punctuation, as no honest sentence repeats. */
const shortestOfBody = 24;

/**
 * Secrets by their shape, whoever's they are: a JSON Web Token, the secret of a service account, what a URL has before its
 * host. Of a word only the first `eyJ` is tried: a hostile word of many would take time by their square (ReDoS).
 */
const shapes = /(?<!eyJ[\w-]*?)eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?|mdb_sa_sk_[\w-]+|(?<=:\/\/)[^\s/?#"'<>]+(?=@)/g;

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Makes the function that takes the secrets out of a text, for a server that shows requests in its
 * answers. Where more than a few characters of a secret are left after that, because it is cut or
 * escaped as JSON, URLs and HTML do it, nothing of the text is left.
 */
export function redactor(secrets: readonly Secret[]): Redact {
  const strings = secrets.filter((secret) => typeof secret === "string");
  const credentials = strings.filter(Boolean).sort((a, b) => b.length - a.length);
  const bodies = secrets.filter((secret) => typeof secret !== "string");
  const texts = [...credentials, ...bodies.flatMap((body) => body.texts)].filter(isWord);
  const tiny = credentials.filter((secret) => !isWord(secret)).map(standingAlone);
  const unbroken = texts.filter(({ length }) => length >= shortestUnbroken);
  // In another case a credential is as good as known, be it that a code is written in capitals.
  const folded = credentials.filter(({ length }) => length >= shortestUnbroken).map((secret) => secret.toLowerCase());
  const runs = new Set(folded.flatMap(runsOf));

  function isShownIn({ text, isJoined }: Reading): boolean {
    const foldedText = text.toLowerCase();
    return (
      hasRun(foldedText, runs) ||
      folded.some((secret) => foldedText.includes(secret)) ||
      (isJoined ? unbroken : texts).some((secret) => text.includes(secret)) ||
      bodies.some((body) => isPrinted(body, letters(text)))
    );
  }

  return (text) => {
    let safe = text;
    for (const secret of texts) safe = safe.replaceAll(secret, mark);
    for (const pattern of tiny) safe = safe.replace(pattern, `$1${mark}`);
    safe = safe.replace(shapes, mark);
    return readingsOf(safe).some(isShownIn) ? mark : safe;
  };
}

/** The text without the secrets: see `redactor`. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return redactor(secrets)(text);
}

const isWord = ({ length }: string) => length >= shortestInWord;

function standingAlone(secret: string): RegExp {
  const literal = secret.replace(/[^\w]/g, "\\$&");
  return new RegExp(`(^\\s*|\\b(?:bearer|basic|digest)\\s+)${literal}(?=\\s*$|[^\\w])`, "gi");
}

function runsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - shortestRun + 1) }, (_, at) =>
    text.slice(at, at + shortestRun),
  );
}

function hasRun(text: string, runs: ReadonlySet<string>): boolean {
  if (runs.size === 0) return false;
  for (let at = 0; at + shortestRun <= text.length; at++) if (runs.has(text.slice(at, at + shortestRun))) return true;
  return false;
}

/** All of a body's names with their values, in any order, or where the print is cut, its beginning or its end. */
function isPrinted({ pairs }: SentBody, text: string): boolean {
  const whole = pairs.join("");
  const isCut =
    whole.length >= shortestOfBody &&
    [whole.slice(0, shortestOfBody), whole.slice(-shortestOfBody)].some((part) => text.includes(part));
  return isCut || pairs.every((pair) => text.includes(pair));
}
