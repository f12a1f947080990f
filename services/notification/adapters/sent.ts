import type { Sql } from '../../kit/adapters/postgres.ts';

export interface Sent {
  readonly eventId: string;
  readonly to: string;
  readonly subject: string;
  readonly archivedAs: string;
}

export async function recordSent(sql: Sql, { eventId, to, subject, archivedAs }: Sent): Promise<void> {
  await sql.query('insert into sent (event_id, recipient, subject, archived_as) values ($1, $2, $3, $4)', [eventId, to, subject, archivedAs]);
}

/** The newest 50. */
export function newestSent(sql: Sql): Promise<readonly (Sent & { readonly sentAt: Date })[]> {
  return sql.query(
    `select event_id as "eventId", recipient as "to", subject, sent_at as "sentAt", archived_as as "archivedAs"
     from sent order by sent_at desc, event_id limit 50`,
  );
}
