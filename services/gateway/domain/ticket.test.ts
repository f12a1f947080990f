import { expect, test } from '@jest/globals';
import { isWatched } from '../../kit/watched.ts';
import { openTickets } from './ticket.ts';

test('a ticket opens its own trace, once, for a minute', () => {
  let now = 1_800_000_000_000;
  const tickets = openTickets('k', () => now);
  const one = tickets.issue();
  expect(isWatched(one.traceId)).toBe(true);
  expect(one.expiresAt).toBe(new Date(now + 60_000).toISOString());
  expect(tickets.use(one.ticket)).toBe(one.traceId);
  expect(tickets.use(one.ticket)).toBeUndefined();
  const late = tickets.issue();
  expect(late.traceId).not.toBe(one.traceId);
  now += 61_000;
  expect(tickets.use(late.ticket)).toBeUndefined();
});

test('nothing else does', () => {
  const tickets = openTickets('k');
  const { ticket, traceId } = tickets.issue();
  const [, end = '', seal = ''] = ticket.split('.');
  for (const wrong of [undefined, '', traceId, `${traceId}.${end}`, `${traceId}.${Number(end) + 1}.${seal}`, `${'a'.repeat(32)}.${end}.${seal}`, ticket.toUpperCase(), `${ticket}x`, openTickets('other').issue().ticket]) {
    expect(tickets.use(wrong)).toBeUndefined();
  }
  expect(tickets.use(ticket)).toBe(traceId);
});
