import { createHash } from 'node:crypto';
import { once } from '../../kit/adapters/inbox.ts';
import type { Mailer } from '../../kit/adapters/mail.ts';
import type { Objects } from '../../kit/adapters/objects.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Answer, Kit, RouteRequest } from '../../kit/kit.ts';
import { recordSent } from '../adapters/sent.ts';
import { alertMessage, type ToldGroup } from '../domain/alert-message.ts';
import type { notification } from '../contract.ts';

interface Ways { readonly database: Database; readonly mailer: Mailer; readonly archive: Objects }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** POST /v1/alerts: 202 when it is mailed, now or before. In the order of routes/deployment-ended.ts, for the same reasons. */
export function takeAlerts(kit: Kit<typeof notification>, { database, mailer, archive }: Ways) {
  return async (request: RouteRequest): Promise<Answer> => {
    const { body } = request;
    if (!isGroup(body)) throw new Error('A body that passed its schema is no group.');
    const key = keyOf(request.header('idempotency-key'), body);
    const message = alertMessage(body, kit.env.ALERTS_TO, kit.env.PAGES_URL);
    const [messageId, archivedAs] = [`${key}@request-journey`, `alerts/${key}.json`];
    const first = await once(database, key, async (sql) => {
      await recordSent(sql, { eventId: key, to: message.to, subject: message.subject, archivedAs });
      await archive.put(archivedAs, new TextEncoder().encode(JSON.stringify({ messageId, ...message, webhook: body }, null, 2)), 'application/json');
      await mailer.send({ ...message, messageId });
    });
    kit.log.info(first ? 'mail sent' : 'alerts came again; their mail was sent before', { messageId });
    return { status: 202, body: { mailed: first } };
  };
}

/** Of a sender that gives none: the same group in the same state with the same starts is the same message. */
function keyOf(given: string | undefined, { status, alerts, groupLabels }: ToldGroup): string {
  if (given !== undefined && UUID.test(given)) return given;
  const hex = createHash('sha256').update(JSON.stringify([status, groupLabels, alerts.map((one) => [one.labels, one.status, one.startsAt])])).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The route's schema has looked at every field. */
const isGroup = (body: unknown): body is ToldGroup => typeof body === 'object' && body !== null && 'alerts' in body && Array.isArray(body.alerts);
