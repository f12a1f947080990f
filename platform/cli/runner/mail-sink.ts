import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** Largest mail in bytes (RFC 1870 SIZE), and how many are kept. */
const MAX_BYTES = 1_048_576;
const KEPT = 1000;

export interface MailSink {
  readonly port: number;
  stop(): Promise<void>;
}
/** One line of `index.ndjson`. */
export interface Received {
  readonly at: string;
  readonly file: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: number;
}

/** Takes every mail on 127.0.0.1 and sends none: `<folder>/<time>-<id>.eml` holds what came, `index.ndjson` names them. */
export async function startMailSink(folder: string, port: number, most = KEPT): Promise<MailSink> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // One after the other: the index is trimmed between two mails.
  let last: Promise<unknown> = Promise.resolve();
  const server = new SMTPServer({
    name: 'localhost', banner: 'Request-Journey mail sink', size: MAX_BYTES, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false, closeTimeout: 500,
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        // What is over the limit is read to its end, as SMTP wants, but not kept.
        if (bytes <= MAX_BYTES) chunks.push(chunk);
      });
      stream.on('end', () => {
        if (bytes > MAX_BYTES) return answer(Object.assign(new Error('message too large'), { responseCode: 552 }));
        last = last.then(() => kept(folder, session, Buffer.concat(chunks), most)).then(answer);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** @returns what went wrong, as SMTP is told: then the sender keeps the mail and tries again */
async function kept(folder: string, session: SMTPServerSession, mail: Buffer, most: number): Promise<Error | undefined> {
  try {
    await keep(folder, session, mail, most);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function keep(folder: string, session: SMTPServerSession, mail: Buffer, kept: number): Promise<void> {
  const at = new Date().toISOString();
  const file = `${at.replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.eml`;
  await writeFile(join(folder, `${file}.new`), mail, { mode: 0o600, flush: true });
  await rename(join(folder, `${file}.new`), join(folder, file));
  const { mailFrom, rcptTo } = session.envelope;
  const entry: Received = { at, file, from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map((one) => one.address), bytes: mail.length };
  await appendFile(join(folder, 'index.ndjson'), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  await trim(folder, kept);
}

/** Names begin with the time, so the oldest come first. */
async function trim(folder: string, kept: number): Promise<void> {
  const mails = (await readdir(folder)).filter((name) => name.endsWith('.eml')).toSorted();
  if (mails.length <= kept) return;
  const old = mails.slice(0, mails.length - kept);
  for (const name of old) await rm(join(folder, name), { force: true });
  const index = join(folder, 'index.ndjson');
  const lines = (await readFile(index, 'utf8')).split('\n').filter((line) => line !== '' && !old.some((name) => line.includes(name)));
  await writeFile(`${index}.new`, `${lines.join('\n')}\n`, { mode: 0o600 });
  await rename(`${index}.new`, index);
}
