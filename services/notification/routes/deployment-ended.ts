import { once } from '../../kit/adapters/inbox.ts';
import type { Mailer } from '../../kit/adapters/mail.ts';
import type { Objects } from '../../kit/adapters/objects.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handler } from '../../kit/adapters/queue.ts';
import type { Kit } from '../../kit/kit.ts';
import { parseEnded } from '../adapters/ended.ts';
import { recordSent } from '../adapters/sent.ts';
import type { notification } from '../contract.ts';
import { messageFor } from '../domain/message.ts';

interface Ways {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly archive: Objects;
}

/**
 * One event, one mail: however often the event is delivered, it has its effect once.
 * The mail server takes part in no transaction, so the mail comes last before the commit. Dying exactly in between sends it again,
 * with the same Message-ID and into the same archived copy; whether the second one is shown is up to the receiver's mailbox.
 */
export function notify(kit: Kit<typeof notification>, { database, mailer, archive }: Ways): Handler {
  return async (event) => {
    const message = messageFor(parseEnded(event.data), kit.env.ALERTS_TO, kit.env.PAGES_URL);
    if (message === null) return kit.log.info('an event has nobody to be told', { event: event.id });
    const messageId = `${event.id}@request-journey`;
    const archivedAs = `deployment-ended/${event.id}.json`;
    const first = await once(database, event.id, async (sql) => {
      await recordSent(sql, { eventId: event.id, to: message.to, subject: message.subject, archivedAs });
      await archive.put(archivedAs, new TextEncoder().encode(JSON.stringify({ messageId, ...message }, null, 2)), 'application/json');
      await mailer.send({ ...message, messageId });
    });
    if (first) return kit.log.info('mail sent', { eventType: event.type, messageId });
    return kit.log.info('an event came again; its mail was sent before', { event: event.id });
  };
}
