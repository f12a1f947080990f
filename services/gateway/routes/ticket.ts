import type { Handlers } from '../../kit/kit.ts';
import type { gateway } from '../contract.ts';
import type { Tickets } from '../domain/ticket.ts';

/** POST /v1/tickets: what a request carries to be watched from its first hop on. */
export function ticket(tickets: Tickets): Handlers<typeof gateway>['ticket'] {
  return () => Promise.resolve({ status: 201, body: tickets.issue() });
}
