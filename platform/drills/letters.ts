import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of every mail that the mail server of an installation took. @param data `.journey/data` */
export function lettersIn(data: string): readonly string[] {
  const folder = join(data, 'mail');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
  return names.map((name) => decoded(readFileSync(join(folder, name), 'utf8')));
}

/** Those that tell somebody how a change ended: an alert that fires meanwhile has a mail of its own, and names no request. */
export const lettersOfChanges = (data: string): readonly string[] => lettersIn(data).filter((text) => /^Request: /m.test(text));

/** Quoted-printable (RFC 2045 §6.7), as far as our mails use it. */
function decoded(text: string): string {
  const bytes = text.replaceAll('=\r\n', '').replaceAll('=\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
