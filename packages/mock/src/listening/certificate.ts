import { generateKeyPair, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { promisify } from "node:util";

/** What a server needs to be believed, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The authority that vouches for it: for clients to trust. */
  readonly ca: string;
}

type Library = typeof import("../certificate-library.js");
type Extensions = Parameters<ReturnType<Library["pki"]["createCertificate"]>["setExtensions"]>[0];

const dayMs = 86_400_000;
const authority = [{ name: "commonName", value: "Authority of a mock of the Atlas API" }];

const made = new Map<string, Promise<Certificate>>();

/** A certificate for these names and addresses, by an authority of its own whose key nobody keeps. One a process. */
export function certificateFor(names: readonly string[]): Promise<Certificate> {
  const key = names.join(" ");
  const certificate = made.get(key) ?? makeCertificate(names);
  made.set(key, certificate);
  return certificate;
}

async function makeCertificate(names: readonly string[]): Promise<Certificate> {
  const library = await import("../certificate-library.js");
  const [own, theirs] = await Promise.all([makeKeys(), makeKeys()]);
  const ca = sign(library, { subject: authority, publicKey: theirs.publicKey, by: theirs.privateKey }, [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  const authorityId = library.pki.certificateFromPem(ca).generateSubjectKeyIdentifier().getBytes();
  const subject = [{ name: "commonName", value: names[0] ?? "localhost" }];
  const cert = sign(library, { subject, publicKey: own.publicKey, by: theirs.privateKey }, [
    { name: "basicConstraints", critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
    },
    // Python 3.13 wants both identifiers.
    { name: "subjectKeyIdentifier" },
    { name: "authorityKeyIdentifier", keyIdentifier: authorityId },
  ]);
  return { key: own.privateKey, cert, ca };
}

/** RSA, since node-forge has no other. */
function makeKeys(): Promise<{ publicKey: string; privateKey: string }> {
  return promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

interface Signing {
  readonly subject: { name: string; value: string }[];
  readonly publicKey: string;
  readonly by: string;
}

function sign({ pki, md }: Library, { subject, publicKey, by }: Signing, extensions: Extensions): string {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // Positive, whatever the random bytes are.
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  // Whoever checks it may have a clock that is late.
  certificate.validity.notBefore = new Date(Date.now() - dayMs);
  certificate.validity.notAfter = new Date(Date.now() + 365 * dayMs);
  certificate.setSubject(subject);
  certificate.setIssuer(authority);
  certificate.setExtensions(extensions);
  certificate.sign(pki.privateKeyFromPem(by), md.sha256.create());
  return pki.certificateToPem(certificate);
}
