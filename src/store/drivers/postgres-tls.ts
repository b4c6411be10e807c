import pg from 'pg';

/** Codes of OpenSSL, as Node.js names them, of a certificate whose issuer is not known or not trusted. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
]);

/** What the driver says, without a code, when the server refuses to begin TLS. */
const NOT_OFFERED = 'The server does not support SSL connections';

/** How the server ends its refusal of a connection for which it has a rule with TLS only. */
const NOT_ENCRYPTED = /no encryption$|SSL off$/;

/** An error of Node.js or the driver; that of a wrong host has the certificate. */
interface ConnectionError extends Error {
  code?: string;
  cert?: { subjectaltname?: string };
}

function explanationOf(error: ConnectionError): string | null {
  const { code = '', cert } = error;
  // OpenSSL ends its messages with a line end.
  const message = error.message.trim();
  if (error instanceof pg.DatabaseError) {
    return NOT_ENCRYPTED.test(message)
      ? `PostgreSQL refuses a connection without TLS (${message}). Write sslmode=verify-full in DATABASE_URL`
      : null;
  }
  if (message === NOT_OFFERED) {
    return 'PostgreSQL does not offer TLS, which DATABASE_URL asks for. Set ssl = on there, or write sslmode=disable in DATABASE_URL';
  }
  if (UNTRUSTED.has(code)) {
    return `The certificate of PostgreSQL is not trusted (${message}). Name the certificate of its authority in DATABASE_URL: sslrootcert=FILE`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate of PostgreSQL is for other hosts (${cert?.subjectaltname ?? message}). Write one that it names in DATABASE_URL`;
  }
  if (/^(CERT|CRL)_/.test(code)) {
    return `The certificate of PostgreSQL is not valid (${message}). Replace it, or check the clock of this machine`;
  }
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO$)/.test(code)) {
    return `The TLS handshake with PostgreSQL failed (${message}). Check the parameters of TLS in DATABASE_URL and on the server`;
  }
  return null;
}

/** The error with a message that names the cause, if TLS is why no connection was made; else the error itself. */
export function explainTls(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const explanation = explanationOf(error);
  return explanation === null ? error : new Error(explanation, { cause: error });
}
