import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact } from "../../src/answer/redact.js";
import { redactJson } from "../../src/answer/redact-json.js";
import { secretsIn, secretsInBody, shortestRun } from "../../src/answer/secrets.js";

/** Any credential that a header can have. */
const credentials = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 4,
  maxLength: 80,
});

const decimalEntities = (text: string) => [...text].map((character) => `&#${character.charCodeAt(0)};`).join("");
const hexEntities = (text: string) => [...text].map((each) => `&#x${each.charCodeAt(0).toString(16)};`).join("");
const html = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&apos;").replaceAll("<", "&lt;");
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const unicode = (text: string) =>
  [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const wrapped = (text: string) => text.replaceAll(/.{8}/gs, "$&\r\n");

const inUtf16 = (text: string) => [...text].join("\0");

const plain = (text: string) => text;
/** How servers spell what they repeat. */
const spellings = [plain, encodeURIComponent, html, decimalEntities, hexEntities, inJson, unicode, wrapped, inUtf16];

const spelling = fc
  .tuple(fc.constantFrom(...spellings), fc.constantFrom(...spellings))
  .map(([inner, outer]) => ({ spell: (text: string) => outer(inner(text)) }));

describe("a credential is taken out of a text", () => {
  test("whatever its shape, however the text spells it, at either end or between", () => {
    fc.assert(
      fc.property(credentials, spelling, fc.lorem(), fc.lorem(), (secret, { spell }, before, after) => {
        const spelt = spell(secret);
        fc.pre(secret.length >= 8 || !/[\n\0]/.test(spelt)); // joined words may make a short one by chance
        const shown = redact(`${before} ${spelt} ${after}`, [secret]);
        expect(undoAll(shown)).not.toContain(secret);
      }),
      { numRuns: 3000 },
    );
  });

  test("where it is cut at either end and twelve characters or more are left", () => {
    fc.assert(
      fc.property(credentials, spelling, fc.nat(), fc.nat(), (secret, { spell }, one, other) => {
        const from = one % secret.length;
        const cut = secret.slice(from, from + shortestRun + (other % secret.length));
        fc.pre(cut.length >= shortestRun && cut !== secret);
        // The text goes as a whole, unless what is left happens to be a spelling of the whole secret: "!!!" of "\\!!!".
        expect(redact(`You sent ${spell(cut)}`, [secret])).toMatch(/^(You sent )?\[redacted\]$/);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ["capitals", (text: string) => text.toUpperCase()],
    ["small letters", (text: string) => text.toLowerCase()],
    ["capitals, percent-encoded", (text: string) => encodeURIComponent(text.toUpperCase())],
    ["capitals, cut", (text: string) => text.toUpperCase().slice(3, 3 + shortestRun)],
  ])("where the text has it in %s", (_, spell) => {
    expect(redact(`INVALID_${spell("Zq8v+B3nM7xK2p/L5wR9sT4y")}`, ["Zq8v+B3nM7xK2p/L5wR9sT4y"])).toBe("[redacted]");
    expect(redact("CLUSTER a1B2 IS A1B2", ["a1b2"])).toBe("CLUSTER a1B2 IS A1B2");
  });

  test("where it is shorter than four characters, and stands for itself or after its scheme", () => {
    expect(redact("Bearer a1 is no token", ["a1"])).toBe("Bearer [redacted] is no token");
    expect(redact("a1", ["a1"])).toBe("[redacted]");
    expect(redact("cluster-a1 is a1", ["a1"])).toBe("cluster-a1 is a1");
  });

  test("where nobody has said that it is one, but its shape does", () => {
    const jwt = "eyJhbGciOiJFUzUxMiJ9.eyJzdWIiOiJtZGJfc2EifQ.c2ln";
    expect(redact(`The token ${jwt} is too old.`, [])).toBe("The token [redacted] is too old.");
    expect(redact("mdb_sa_sk_abc-DEF_123 is another's", [])).toBe("[redacted] is another's");
    expect(redact("No way to redis://:p@ss@store:6379/0", [])).toBe("No way to redis://[redacted]@store:6379/0");
    for (const honest of ["See https://example.com/@me", '{"url":"https://a.example","mail":"b@a.example"}'])
      expect(redact(honest, [])).toBe(honest);
  });
});

function undoAll(text: string): string {
  const code = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
  let undone = text;
  for (let layer = 0; layer < 2; layer++)
    undone = undone
      .replaceAll(/\\u([\da-f]{4})/g, code)
      .replaceAll(/%([\dA-F]{2})/g, code)
      .replaceAll(/&#x([\da-f]+);/g, code)
      .replaceAll(/&#(\d+);/g, (_, digits) => String.fromCharCode(Number(digits)))
      .replaceAll("&quot;", '"')
      .replaceAll("&apos;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&amp;", "&")
      .replaceAll(/\\(["\\])/g, "$1");
  return [text, undone, undone.replaceAll(/\s/g, "")].join("\n");
}

describe("of credentials that are alike", () => {
  test.each([
    ["the longest is taken out first", "It is abcdefghijkl.", ["abcdef", "abcdefghijkl"], "It is [redacted]."],
    ["an empty one is none", "- It is so.", [""], "- It is so."],
    ["a dot is a dot, where it stands for itself", "axb", ["a.b"], "axb"],
    ["and is taken out there", "a.b", ["a.b"], "[redacted]"],
    ["eight characters in another case are as good as known", "It is ABCDEFGH.", ["abcdefgh"], "[redacted]"],
    ["seven are not", "It is ABCDEFG.", ["abcdefg"], "It is ABCDEFG."],
    ["eight that a line breaks are put together", "It is abcd\nefgh.", ["abcdefgh"], "[redacted]"],
    ["seven may come about by chance", "It is abcd\nefg.", ["abcdefg"], "It is abcd\nefg."],
  ])("%s", (_name, text, secrets, shown) => {
    expect(redact(text, secrets)).toBe(shown);
  });
});

describe("of a body that was sent", () => {
  const body = { first: "text of the first", second: "text of the second" };
  const secrets = secretsInBody(JSON.stringify(body));
  const named = secretsInBody(JSON.stringify({ arn: "arn:aws:kafka:1234", region: "US_EAST_1" }));
  const short = secretsInBody(JSON.stringify({ ab: "cdefg", hi: "jklmn" }));

  test.each([
    ["one of its texts, broken by a line", "It is arn:aws:\nkafka:1234.", named, true],
    ["its first twenty-four letters, however they are printed", "first=text; of-the-first; secon", secrets, true],
    ["twenty-three of them", "first=text; of-the/first; seco", secrets, false],
    ["its last twenty-four letters", "rst, second=text; of the; second", secrets, true],
    ["twenty-three of them, too", "st, second=text; of the; second", secrets, false],
    ["all of a short one, in another order", "hi: jklmn, ab: cdefg", short, true],
    ["half of a short one", "hi: jklmn, and so on", short, false],
  ])("an answer that repeats %s", (_name, text, sent, isSecret) => {
    expect(redact(text, sent)).toBe(isSecret ? "[redacted]" : text);
  });
});

describe("an honest text stays whole", () => {
  const id = "32b6e34b3d91647abb20e7b8";
  const answer = `username="hostileuser",realm="MMS Public API",nonce="kWVA9Ciu7lNaN5QdjPe8kxPM",uri="/api/atlas/v2/groups/${id}/streams?pretty=true",response="0123456789abcdef0123456789abcdef",qop=auth,nc=00000001,cnonce="fedcba9876543210fedcba9876543210"`;

  test.each([
    `No group with ID ${id} exists.`,
    "GET /api/atlas/v2/groups/{groupId}/streams is not for you, hostileuser of MMS Public API.",
    `/api/atlas/v2/groups/${id}/streams?pretty=true`,
  ])("where it says what a Digest answer says openly: %s", (text) => {
    expect(redact(text, secretsIn(`Digest ${answer}`))).toBe(text);
  });

  test("which a Digest answer cut anywhere does not", () => {
    const secrets = secretsIn(`Digest ${answer}`);
    for (let end = answer.indexOf('",qop'); end > answer.indexOf("response=") + 24; end--)
      expect(redact(`You sent Digest ${answer.slice(0, end)}`, secrets)).not.toContain("0123456789ab");
    expect(redact(answer.slice(-40), secrets)).toBe("[redacted]");
  });

  test("where it names the client id, which Basic carries beside the secret", () => {
    const clientId = "mdb_sa_id_0123456789abcdef01234567";
    const secrets = secretsIn(`Basic ${btoa(`${clientId}:tell-nobody-about-this`)}`);
    expect(redact(`There is no client ${clientId}.`, secrets)).toBe(`There is no client ${clientId}.`);
    expect(redact(`Is tell-nobody-about-this right?`, secrets)).toBe("Is [redacted] right?");
    expect(redact(`Is 4567:tell-nobo right?`, secrets)).toBe("[redacted]");
  });

  test.each(["{}", "[]", "null", '{"vendor":"MSK"}'])("where a body of next to nothing was sent: %s", (body) => {
    const said = { error: 400, errorCode: "BAD", detail: 'There is no {} of the vendor "MSK".', parameters: [{}, []] };
    expect(redactJson(said, secretsInBody(body))).toEqual(said);
  });

  test("where it names one short value of the body, or a field", () => {
    const text = "The vendor MSK has no dnsDomain at the provider AWS.";
    const body = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/one" };
    expect(redact(text, secretsInBody(JSON.stringify(body)))).toBe(text);
    expect(redact("An arn begins with arn:aws:kafka:", secretsInBody(JSON.stringify(body)))).toContain(
      "arn:aws:kafka:",
    );
  });

  test("whatever it says, where it has nothing in common with the secrets", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.uuid(), (text, secret) => {
        expect(redact(text, [secret])).toBe(text);
      }),
    );
  });
});

describe("a request's body is taken out", () => {
  const body = { provider: "AWS", vendor: "MSK", arn: "arn:aws:kafka:us-east-1:123456789012:cluster/one" };
  const secrets = secretsInBody(JSON.stringify(body));

  test.each([
    ["indented", JSON.stringify(body, undefined, 2)],
    ["in another order", JSON.stringify(Object.fromEntries(Object.entries(body).reverse()))],
    ["as a form", String(new URLSearchParams(body))],
    [
      "as YAML",
      Object.entries(body)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n"),
    ],
    [
      "as XML",
      Object.entries(body)
        .map(([name, value]) => `<${name}>${value}</${name}>`)
        .join(""),
    ],
    ["as JSON in JSON", JSON.stringify(JSON.stringify(body))],
    ["cut at its end", JSON.stringify(body).slice(0, -20)],
    ["cut at its beginning", JSON.stringify(body).slice(20)],
  ])("printed %s", (_name, printed) => {
    expect(redact(`You sent ${printed}`, secrets)).not.toContain("cluster/one");
    expect(redact(`You sent ${printed}`, secrets)).not.toContain("123456789012");
  });

  test("as an object of the answer's, at any depth and among other fields", () => {
    const echoed = redactJson({ errorCode: "BAD", parameters: [{ echo: { at: 1, ...body } }] }, secrets);
    expect(echoed).toEqual({ errorCode: "BAD", parameters: [{ echo: "[redacted]" }] });
  });

  test("of short values only, where all of them stand there by their names", () => {
    const short = secretsInBody('{"provider":"AZURE","vendor":"EVENTHUB"}');
    expect(redact("{ provider: 'AZURE', vendor: 'EVENTHUB' }", short)).toBe("[redacted]");
    expect(redact("EVENTHUB is not a vendor of AZURE.", short)).toBe("EVENTHUB is not a vendor of AZURE.");
  });
});

describe("a JSON value to be shown", () => {
  test("keeps its form, and loses secrets in names, texts and numbers at any depth", () => {
    const secret = "123456789012";
    const value = { [`x ${secret}`]: [{ deep: `y ${secret}` }, Number(secret), 42, null, true] };
    const shown = { "x [redacted]": [{ deep: "y [redacted]" }, "[redacted]", 42, null, true] };
    expect(redactJson(value, [secret])).toEqual(shown);
  });

  test("may have a name that is none of an object's own", () => {
    const value = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
    const shown = redactJson(value, []);
    expect(JSON.stringify(shown)).toBe(JSON.stringify(value));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each([
    ["a long text", { detail: "x".repeat(5_000_000) }],
    [
      "many texts",
      Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`name-${index}`, "x".repeat(50)])),
    ],
    ["a long list", Array.from({ length: 1_000_000 }, () => 1)],
    ["a deep value", JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`)],
  ])("is bounded where it is %s", (_name, value) => {
    expect(JSON.stringify(redactJson(value, ["a-secret-of-no-length"])).length).toBeLessThan(70_000);
  });
});
