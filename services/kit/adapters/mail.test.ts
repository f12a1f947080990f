import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit, type TestKit } from '../test/kit.ts';
import { startMailSink, type MailSink } from '../test/mail-sink.ts';
import { openMailer, type Mailer } from './mail.ts';

let sink: MailSink;
let kit: TestKit<typeof testContract>;
let mailer: Mailer;
beforeAll(async () => { sink = await startMailSink(); });
afterAll(() => sink.stop());
beforeEach(() => {
  kit = testKit(testContract);
  mailer = openMailer(kit, connectionTo('mail', `${sink.url}?from=journey@example.com`));
  sink.refuse(undefined);
});
afterEach(async () => {
  await mailer.close();
  await kit.close();
});
const mail = { to: 'ada@example.com', subject: 'Grüße', text: 'one\ntwo\n', messageId: '0c5f23ca@request-journey' };

test('a mail arrives as it was meant, with the Message-ID that was asked for, each time', async () => {
  await mailer.ready();
  await mailer.send(mail);
  await mailer.send(mail);
  expect(sink.mails).toHaveLength(2);
  expect(sink.mails[0]).toMatchObject({ from: 'journey@example.com', to: ['ada@example.com'] });
  for (const { raw } of sink.mails) expect(raw).toContain('Message-ID: <0c5f23ca@request-journey>\r\n');
  expect(sink.mails[0]?.raw).toMatch(/\r\n\r\none\r\ntwo/);
});

test('it is a span that shows no address', async () => {
  await mailer.send(mail);
  const span = (await kit.spans()).at(-1);
  expect(span?.name).toBe('MAIL test.MAIL');
  expect(span?.attributes).toMatchObject({ 'mail.recipients': 1, 'mail.message_id': mail.messageId, 'journey.reference': 'test.MAIL' });
  expect(JSON.stringify(span?.attributes)).not.toContain('ada');
});

test.each([
  { to: 'ada@example.com\r\nBcc: eve@example.com' }, { to: 'ada@example.com, eve@example.com' }, { to: 'Ada <ada@example.com>' }, { to: '' }, { to: 'ada' },
  { to: 'ada@example.com>\r\nRCPT TO:<eve@example.com' }, { to: 'ada@exa mple.com' }, { subject: 'x\nBcc: eve@example.com' }, { subject: 'x'.repeat(251) },
  { messageId: 'a>\r\nBcc: eve@example.com' }, { messageId: 'x' },
])('%j is refused before anything is sent', async (change) => {
  const before = sink.mails.length;
  await expect(mailer.send({ ...mail, ...change })).rejects.toMatchObject({ code: 'invalid_body' });
  expect(sink.mails).toHaveLength(before);
});

test('a server that refuses, is away or never answers is unavailable', async () => {
  sink.refuse('mailbox full');
  await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'unavailable', at: 'test', detail: expect.stringContaining('mailbox full') });
  const nobody = openMailer(kit, connectionTo('mail', 'smtp://127.0.0.1:1'));
  await expect(nobody.send(mail)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(nobody.ready()).rejects.toMatchObject({ code: 'unavailable' });
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', () => resolve()); });
  const address = silent.address();
  const hanging = openMailer(kit, connectionTo('mail', `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`));
  await expect(hanging.send(mail)).rejects.toMatchObject({ code: 'unavailable' });
  await new Promise((resolve) => { silent.close(resolve); });
});

test('beyond loopback nothing is sent without TLS', async () => {
  // The sink offers no STARTTLS; by a name that is not known to be loopback the mailer insists on it.
  const { port } = new URL(sink.url);
  const before = sink.mails.length;
  const far = openMailer(kit, connectionTo('mail', `smtp://user:pass@[::ffff:127.0.0.1]:${port}`));
  await expect(far.send(mail)).rejects.toMatchObject({ code: 'unavailable' });
  expect(sink.mails).toHaveLength(before);
  const tls = openMailer(kit, connectionTo('mail', `smtps://127.0.0.1:${port}`));
  await expect(tls.send(mail)).rejects.toMatchObject({ code: 'unavailable' });
  expect(() => openMailer(kit, connectionTo('mail', 'http://user:hidden@127.0.0.1'))).toThrow(/no mailer speaks "http:"/);
});
