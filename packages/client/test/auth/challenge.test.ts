import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CredentialError } from "../../src/answer/errors.js";
import {
  answering,
  chooseChallenge,
  type DigestChallenge,
  nextChallenge,
  parseChallenges,
} from "../../src/auth/challenge.js";
import { platform } from "../../src/platform/node.js";
import type { Hash } from "../../src/platform/platform.js";

const hash = platform.hash as Hash;
const operation = { method: "GET", path: "/dir/{file}" };

/** The header as an object: its parameters as they stand there. */
const parametersOf = (header: string) =>
  Object.fromEntries([...header.matchAll(/(\w+)=("[^"]*"|[^,]*)/g)].map(([, name, value]) => [name, value]));

function choose(header: string): DigestChallenge {
  const challenge = chooseChallenge(header, operation);
  if (!challenge) throw new Error("there was no challenge");
  return challenge;
}

/** Mufasa's first answer, to GET /dir/index.html. */
const respond = (header: string, password: string, cnonce = "0a4f113b") =>
  parametersOf(answering(choose(header), "Mufasa", password, () => cnonce, hash)("GET", "/dir/index.html"));

describe("the published examples", () => {
  const rfc7616 = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  it("of RFC 7616, section 3.9.1, with SHA-256, which is chosen", () => {
    expect(respond(`${rfc7616("MD5")}, ${rfc7616("SHA-256")}`, "Circle of Life", cnonce)).toEqual({
      username: '"Mufasa"',
      realm: '"http-auth@example.org"',
      uri: '"/dir/index.html"',
      algorithm: "SHA-256",
      nonce: '"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
      nc: "00000001",
      cnonce: '"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"',
      qop: "auth",
      response: '"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
      opaque: '"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    });
  });

  it("of RFC 7616, section 3.9.1, with MD5", () => {
    expect(respond(rfc7616("MD5"), "Circle of Life", cnonce)).toMatchObject({
      algorithm: "MD5",
      response: '"8ca523f5e9506fed4657c9700eebdbec"',
    });
  });

  const rfc2617 =
    'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';

  it("of RFC 2617, section 3.5", () => {
    const answer = respond(`${rfc2617}, qop="auth,auth-int"`, "Circle Of Life");
    expect(answer).toMatchObject({
      response: '"6629fae49393a05397450978507c4ef1"',
      opaque: '"5ccc069c403ebaf9f0171e9517f40e41"',
    });
    expect(answer).not.toHaveProperty("algorithm");
  });

  it("of RFC 2069, section 2.4, as its erratum 749 corrects it", () => {
    const answer = respond(rfc2617, "CircleOfLife");
    expect(answer).toMatchObject({ response: '"1949323746fe6a43ef61f9606e7febea"' });
    for (const name of ["qop", "nc", "cnonce"]) expect(answer).not.toHaveProperty(name);
  });
});

describe("reading a header", () => {
  const read = (header: string) =>
    parseChallenges(header).map(([scheme, parameters]) => [scheme, Object.fromEntries(parameters)]);

  it("takes several challenges apart, whatever stands in quotes", () => {
    expect(read('Basic realm="a, Digest b=\\"c\\"" , DIGEST Realm = "\\\\d" ,, nonce=e,Bearer')).toEqual([
      ["basic", { realm: 'a, Digest b="c"' }],
      ["digest", { realm: "\\d", nonce: "e" }],
      ["bearer", {}],
    ]);
  });

  it("lets no token68 hide what comes after it", () => {
    for (const token of ["abc==", "abc=", "abc", "a+/b-._~c", "YII,", ""]) {
      expect(read(`Negotiate ${token}, Digest nonce="n"`).at(-1)).toEqual(["digest", { nonce: "n" }]);
    }
  });

  it("reads an empty value, and skips what is no challenge", () => {
    expect(read('Digest realm="", qop=, nonce="n"')).toEqual([["digest", { realm: "", qop: "", nonce: "n" }]]);
    for (const header of ["", " ", ",,", "=", '"', "===,"]) expect(read(header)).toEqual([]);
  });
});

describe("choosing a challenge", () => {
  it("finds none where there is no Digest", () => {
    expect(chooseChallenge('Basic realm="Digest", Negotiate', operation)).toBeUndefined();
  });

  it("reads an empty qop as none, as http-auth means it", () => {
    expect(choose('Digest realm="r", nonce="n", qop=""').qop).toBe(false);
  });

  it("reads stale however it is written", () => {
    const stale = (value: string) => choose(`Digest realm="r", nonce="n", stale=${value}`).stale;
    expect(["true", "TRUE", '"true"', "false", '"false"', "", "yes"].map(stale)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("names what it cannot answer, in at most a line", () => {
    const header = `Digest realm="r", nonce="n", algorithm="${"x".repeat(5000)}"`;
    const choice = () => chooseChallenge(header, operation);
    expect(choice).toThrow(CredentialError);
    expect(choice).toThrow(`GET /dir/{file} asks for a kind of Digest that this client lacks: ${header.slice(0, 200)}`);
    expect(choice).not.toThrow(header.slice(0, 201));
  });
});

describe("answering", () => {
  it("goes on with the next nonce where one is named", () => {
    const challenge = choose('Digest realm="r", nonce="n", opaque="o"');
    expect(nextChallenge(challenge, 'rspauth="x", nextnonce="a, b", nc=00000001')).toEqual({
      ...challenge,
      nonce: "a, b",
    });
    for (const header of [null, "", "qop=auth", 'nextnonce=""'])
      expect(nextChallenge(challenge, header)).toBeUndefined();
  });

  it("counts in eight hexadecimal digits", () => {
    const answer = answering(choose('Digest realm="r", nonce="n", qop=auth'), "u", "p", () => "c", hash);
    const counts = Array.from({ length: 257 }, () => parametersOf(answer("GET", "/")).nc);
    expect([counts[0], counts[14], counts[15], counts[255], counts[256]]).toEqual([
      "00000001",
      "0000000f",
      "00000010",
      "00000100",
      "00000101",
    ]);
  });

  it("takes one cnonce for all the answers of a -sess session, and a new one for each other", () => {
    const cnonces = (algorithm: string) => {
      let made = 0;
      const answer = answering(
        choose(`Digest realm="r", nonce="n", qop=auth, algorithm=${algorithm}`),
        "u",
        "p",
        () => `${++made}`,
        hash,
      );
      return [1, 2, 3].map(() => parametersOf(answer("GET", "/")).cnonce);
    };
    expect([cnonces("MD5"), cnonces("MD5-sess")]).toEqual([
      ['"1"', '"2"', '"3"'],
      ['"1"', '"1"', '"1"'],
    ]);
  });

  it("quotes what it echoes so that it reads back the same", () => {
    const text = fc.string({ unit: fc.constantFrom('"', "\\", ",", "=", " ", "a", "Digest", "é") });
    fc.assert(
      fc.property(text, text, text, (realm, nonce, opaque) => {
        const parameters = new Map(Object.entries({ realm, opaque }));
        const header = answering(
          { ...choose('Digest realm="r", nonce="n", qop=auth'), parameters, nonce },
          "u",
          "p",
          () => "c",
          hash,
        )("GET", "/");
        expect(Object.fromEntries(parseChallenges(header)[0]?.[1] ?? [])).toMatchObject({ realm, nonce, opaque });
      }),
    );
  });
});

describe("a hostile header", () => {
  /** Ends in a challenge, in none, or in a CredentialError; anything else fails the test. */
  function judge(header: string) {
    try {
      const challenge = chooseChallenge(header, operation);
      if (challenge) new Headers({ authorization: answering(challenge, "u", "p", () => "c", hash)("GET", "/") });
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
    }
  }

  it("throws nothing but CredentialError, and what it makes the client send is a header", () => {
    const pieces = [
      "Digest ",
      "Basic ",
      "realm=",
      "nonce=",
      "qop=",
      "algorithm=",
      "MD5",
      "-sess",
      "auth",
      '"',
      "\\",
      ",",
      "=",
      " ",
      "\t",
      "a",
      "\xe9",
    ];
    // What fetch lets through as a header: no control characters, no character beyond an octet.
    const octet = fc
      .integer({ min: 32, max: 255 })
      .filter((code) => code !== 127)
      .map((code) => String.fromCharCode(code));
    const unit = fc.oneof(fc.constantFrom(...pieces), octet);
    fc.assert(fc.property(fc.string({ unit, maxLength: 60 }), judge), { numRuns: 5000 });
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (rest) => judge(`Digest realm="r",nonce="n",${rest}`)),
      { numRuns: 5000 },
    );
  });

  it.each([
    "a",
    '"',
    "\\",
    "=",
    ",",
    " ",
    "\t",
    'a="',
    'a="\\',
    '="',
    ' ="',
    "a =",
    "a = ",
    '\\"',
    'a="b\\"',
    "a ",
    ", ",
    ",auth",
    ", auth ",
    'x="\\"',
  ])("of 100 kB of %j is read in no time", (piece) => {
    const long = piece.repeat(100_000 / piece.length);
    const started = performance.now();
    for (const header of [
      long,
      `Digest ${long}`,
      `Digest realm="r", nonce="${long}`,
      `Digest realm="r", nonce="n", qop="${long}"`,
      `Digest realm="r", nonce="n", algorithm="${long}"`,
      `Digest realm="r", nonce="n", qop="${long.replaceAll('"', "")}"`,
    ]) {
      judge(header);
    }
    // Six headers; a quadratic reader takes many seconds for each.
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
