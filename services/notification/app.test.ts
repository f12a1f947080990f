import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { until } from '../kit/test/until.ts';
import { ended, startNotification, type TestNotification } from './test/start-notification.ts';

let service: TestNotification;
beforeAll(async () => { service = await startNotification(); }, 60_000);
afterAll(() => service.stop(), 30_000);
beforeEach(() => { service.sink.refuse(undefined); });

const sentTo = (address: string) => service.sink.mails.filter(({ to }) => to.includes(address));
const listed = async (id: string) => (await service.list()).body.notifications.find(({ eventId }) => eventId === id);
const arrived = (address: string) => until('the mail arrived', () => sentTo(address)[0]);

test('an event becomes a mail, a record and a copy', async () => {
  const event = ended({ requestedBy: 'ada@example.com' });
  await service.queue.publish(event);
  const mail = await arrived('ada@example.com');
  expect(mail.to).toEqual(['ada@example.com']);
  expect(mail.raw).toContain('Subject: gateway now answers with 3f2a1b4c in local\r\n');
  expect(mail.raw).toContain(`Message-ID: <${event.id}@request-journey>\r\n`);
  expect(mail.raw).toContain('to see it move');
  const record = await until('it is listed', () => listed(event.id));
  expect(record).toEqual({
    eventId: event.id, to: 'ada@example.com', subject: 'gateway now answers with 3f2a1b4c in local',
    sentAt: expect.stringMatching(/^\d{4}-/), archivedAs: `deployment-ended/${event.id}.json`,
  });
  expect(JSON.parse(await service.archived(String(record['archivedAs'])))).toMatchObject({ to: 'ada@example.com', messageId: `${event.id}@request-journey` });
  const said = await until('the line is written', () => service.kit.lines.find(({ messageId }) => messageId === `${event.id}@request-journey`));
  expect(said).toMatchObject({ level: 'info', message: 'mail sent', eventType: event.type });
  const own = await until('its span has ended', async () => (await service.kit.spans()).find((span) => span.spanContext().spanId === said['span_id']));
  expect([own.kind, own.spanContext().traceId]).toEqual([SpanKind.CONSUMER, said['trace_id']]);
});

test('an event that comes twice, also at the same moment, is one mail', async () => {
  const event = ended({ requestedBy: 'twice@example.com' });
  await Promise.all([service.queue.publish(event), service.queue.publish(event)]);
  await service.queue.publish(event);
  await until('all three were handled', () => service.kit.lines.filter(({ message, event: id }) => String(message).includes('came again') && id === event.id).length === 2);
  expect(sentTo('twice@example.com')).toHaveLength(1);
  expect(await service.sql('select count(*)::int as n from sent where event_id = $1', [event.id])).toEqual([{ n: 1 }]);
});

test('everything hangs in the trace of who asked', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const event = { ...ended({ requestedBy: 'trace@example.com' }), traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  await service.queue.publish(event);
  await until('it is listed', () => listed(event.id));
  const spans = await until('its spans ended', async () => {
    const found = (await service.kit.spans()).filter((span) => span.spanContext().traceId === traceId);
    return found.some(({ name }) => name.startsWith('process')) ? found : undefined;
  });
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const roots = spans.filter((span) => !ids.has(span.parentSpanContext?.spanId ?? ''));
  expect(roots.map(({ name }) => name)).toEqual([`process ${event.type}`]);
  expect(new Set(spans.map(({ name }) => name))).toEqual(new Set([
    `process ${event.type}`, 'TRANSACTION notification.DATABASE', 'INSERT notification.DATABASE', 'PUT notification.ARCHIVE', 'MAIL notification.MAIL',
  ]));
  expect(spans.find(({ name }) => name.startsWith('MAIL'))?.attributes).toMatchObject({ 'mail.recipients': 1, 'mail.message_id': `${event.id}@request-journey` });
});

test('while the mail server refuses nothing is recorded; the next try sends it', async () => {
  service.sink.refuse('come back later');
  const event = ended({ requestedBy: 'later@example.com' });
  await service.queue.publish(event);
  await until('a try failed', () => service.kit.lines.some(({ message, error }) => message === 'a message could not be handled' && String(error).includes('come back later')));
  expect(await listed(event.id)).toBeUndefined();
  expect(await service.sql('select * from inbox where event_id = $1', [event.id])).toEqual([]);
  service.sink.refuse(undefined);
  await until('it was tried again', () => sentTo('later@example.com')[0], 20_000);
  expect(await until('it is listed', () => listed(event.id))).toMatchObject({ to: 'later@example.com' });
}, 40_000);

test('a mail that was sent but not recorded is sent again with the same Message-ID, and recorded once', async () => {
  // What dying between the mail and the commit looks like to everybody else: the mail is out, the commit did not happen.
  await service.sql(`create table fails (once boolean);
    create function fails_at_commit() returns trigger language plpgsql as $$ begin if exists (select from fails) then raise exception 'died'; end if; return null; end $$;
    create constraint trigger fails_at_commit after insert on sent deferrable initially deferred for each row execute function fails_at_commit();
    insert into fails values (true); grant select on fails to notifications`);
  const event = ended({ requestedBy: 'again@example.com' });
  await service.queue.publish(event);
  await arrived('again@example.com');
  await until('the try failed', () => service.kit.lines.some(({ message, error }) => message === 'a message could not be handled' && String(error).includes('died')));
  expect(await listed(event.id)).toBeUndefined();
  await service.sql(`truncate fails; update events.job set start_after = now() where name = 'notification' and state = 'retry'`);
  await until('it is listed', () => listed(event.id));
  const mails = sentTo('again@example.com');
  expect(mails).toHaveLength(2);
  for (const { raw } of mails) expect(raw).toContain(`Message-ID: <${event.id}@request-journey>\r\n`);
  expect(await service.archive()).toContain(`${event.id}.json`);
}, 30_000);

test.each([
  ['no request', { reason: 7 }, 'does not fit'],
  ['a header in the address', { requestedBy: 'otto@example.com\r\nBcc: eve@example.com' }, 'not one mail address'],
  ['two addresses', { requestedBy: 'otto@example.com, eve@example.com' }, 'not one mail address'],
])('%s sends nothing and ends in the dead letters', async (_, change, why) => {
  const event = { ...ended(), id: crypto.randomUUID() };
  await service.queue.publish({ ...event, data: { ...(event.data as object), ...change } });
  // The rests between five tries are not waited for: each is cut short.
  const letter = await until('it was given up', async () => {
    await service.sql(`update events.job set start_after = now() where name = 'notification' and state = 'retry'`);
    return (await service.queue.deadLetters('notification')).find(({ event: dead }) => (dead as { id?: string }).id === event.id);
  }, 30_000);
  expect(letter).toMatchObject({ tries: 5, cause: expect.stringContaining(why) });
  expect(service.sink.mails.some(({ raw, to }) => raw.includes('eve@') || to.some((address) => address.includes('eve')))).toBe(false);
  expect(await listed(event.id)).toBeUndefined();
}, 60_000);

test('of what came under a plain name those are told who are told of alerts', async () => {
  const event = ended({ requestedBy: 'Mara', status: 'rolledBack', outcome: 'Taken back by itself.' });
  await service.queue.publish(event);
  expect(await until('it is listed', () => listed(event.id))).toMatchObject({ to: 'on-call@example.com', subject: 'taken back by itself: gateway worktree → 3f2a1b4c in local' });
});

test('a rollback that nobody asked for tells nobody: what it takes back does', async () => {
  const event = ended({ kind: 'rollback', requestedBy: 'automatic' });
  await service.queue.publish(event);
  await until('it was looked at', () => service.kit.lines.some(({ message, event: id }) => message === 'an event has nobody to be told' && id === event.id));
  expect(await listed(event.id)).toBeUndefined();
});

test('what a person wrote stays in one line of the mail', async () => {
  const event = ended({ requestedBy: 'lines@example.com', workload: 'gateway\r\nBcc: eve@example.com', reason: 'a\r\n\r\n.\r\nMAIL FROM:<eve@example.com>' });
  await service.queue.publish(event);
  const mail = await arrived('lines@example.com');
  expect(mail.to).toEqual(['lines@example.com']);
  expect(mail.raw).not.toMatch(/^(Bcc|MAIL FROM)/im);
});

test('a viewer may list, nobody else', async () => {
  expect((await service.list()).status).toBe(200);
  expect((await service.list(null))).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
});
