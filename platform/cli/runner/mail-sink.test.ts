import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMailSink, type MailSink } from './mail-sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'journey-mail-'));
let sink: MailSink;
beforeAll(async () => { sink = await startMailSink(folder, 0, 3); });
afterAll(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true });
});
const send = (subject: string, text = 'hello') => createTransport({ host: '127.0.0.1', port: sink.port, secure: false }).sendMail({ from: 'a@example.com', to: ['b@example.com', 'c@example.com'], subject, text });
const mails = () => readdirSync(folder).filter((name) => name.endsWith('.eml')).toSorted();

test('a mail is kept as it came, readable for this account alone, with a line in the index', async () => {
  await send('first');
  const [file = ''] = mails();
  expect(readFileSync(join(folder, file), 'utf8')).toMatch(/Subject: first[\s\S]*hello/);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(join(folder, 'index.ndjson'), 'utf8'))).toMatchObject({ file, from: 'a@example.com', to: ['b@example.com', 'c@example.com'] });
});

test('only the newest are kept, in folder and index', async () => {
  for (const subject of ['2', '3', '4', '5']) await send(subject);
  expect(mails()).toHaveLength(3);
  const index = readFileSync(join(folder, 'index.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line).file);
  expect(index).toEqual(mails());
});

test('a mail that is too large is refused and not kept', async () => {
  const before = mails();
  await expect(send('large', 'x'.repeat(1_100_000))).rejects.toMatchObject({ responseCode: 552 });
  expect(mails()).toEqual(before);
});

test('a port that is taken is an error', async () => {
  await expect(startMailSink(folder, sink.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
