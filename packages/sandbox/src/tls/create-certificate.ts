import { generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import forge from 'node-forge';

const DAY_MS = 24 * 3_600_000;

/** Below the 825 days that some clients accept. */
const VALIDITY_DAYS = 800;

const SUBJECT_ALTERNATIVE_DNS = 2;
const SUBJECT_ALTERNATIVE_IP = 7;

/** A certificate of the sandbox with its private key, PEM. */
export interface Certificate {
  key: string;
  cert: string;
  /** The certificate authority that signed it, which clients must trust. */
  ca: string;
  /** The names it is valid for. */
  names: string[];
  /** Real Unix milliseconds. */
  expiresAt: number;
}

interface Keys {
  pem: string;
  privateKey: forge.pki.rsa.PrivateKey;
  publicKey: forge.pki.rsa.PublicKey;
}

const generate = promisify(generateKeyPair);

async function createKeys(): Promise<Keys> {
  const pair = await generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    pem: pair.privateKey,
    privateKey: forge.pki.privateKeyFromPem(pair.privateKey),
    publicKey: forge.pki.publicKeyFromPem(pair.publicKey),
  };
}

interface Contents {
  subject: string;
  issuer: string;
  publicKey: forge.pki.rsa.PublicKey;
  signingKey: forge.pki.rsa.PrivateKey;
  extensions: object[];
  now: number;
}

function sign({ subject, issuer, publicKey, signingKey, extensions, now }: Contents): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // A positive number: the first hexadecimal digit is 0.
  certificate.serialNumber = `0${randomBytes(16).toString('hex').slice(1)}`;
  certificate.validity.notBefore = new Date(now - DAY_MS);
  certificate.validity.notAfter = new Date(now + VALIDITY_DAYS * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer }]);
  certificate.setExtensions(extensions);
  certificate.sign(signingKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

/**
 * Creates a certificate for these names, signed by a new certificate authority. The key of the authority is discarded: who
 * trusts it trusts this one certificate. `now` is real Unix milliseconds.
 */
export async function createCertificate(names: readonly string[], now: number): Promise<Certificate> {
  const [authority, server] = await Promise.all([createKeys(), createKeys()]);
  // Unique, so that clients can trust several sandboxes.
  const issuer = `Agora recording sandbox CA ${randomBytes(4).toString('hex')}`;
  const ca = sign({
    ...{ subject: issuer, issuer, publicKey: authority.publicKey, signingKey: authority.privateKey, now },
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ],
  });
  const cert = sign({
    ...{ subject: 'Agora recording sandbox', issuer, publicKey: server.publicKey, now },
    signingKey: authority.privateKey,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) =>
          isIP(name) === 0
            ? { type: SUBJECT_ALTERNATIVE_DNS, value: name }
            : { type: SUBJECT_ALTERNATIVE_IP, ip: name },
        ),
      },
    ],
  });
  return { key: server.pem, cert, ca, names: [...names], expiresAt: now + VALIDITY_DAYS * DAY_MS };
}
