import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate of a server on this machine, and its key, as PEM. */
interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  /** Of a year ago, for a day. */
  readonly expired: Certificate;
  /** Of today. */
  readonly renewed: Certificate;
  /** Has Chromium trust the renewed one, which nobody but us has signed, and only that one. */
  readonly trusted: string;
}

const DAY = 86_400_000;

/** Makes certificates that are alike but for their time and their key. */
export async function makeCertificates(): Promise<Certificates> {
  const certificateOf = async (from: number): Promise<Certificate> => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      notBeforeDate: new Date(from),
      notAfterDate: new Date(from + 2 * DAY),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    return { cert, key };
  };
  const [expired, renewed] = await Promise.all([
    certificateOf(Date.now() - 365 * DAY),
    certificateOf(Date.now() - DAY),
  ]);
  const spki = new X509Certificate(renewed.cert).publicKey.export({ type: 'spki', format: 'der' });
  const digest = createHash('sha256').update(spki).digest('base64');
  return { expired, renewed, trusted: `--ignore-certificate-errors-spki-list=${digest}` };
}
