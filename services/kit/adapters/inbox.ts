import type { Database, Sql } from './postgres.ts';

/**
 * Lets an event have its effect on the database exactly once, however often it is delivered: the mark and the effect commit together.
 * A second delivery that comes while the first still works waits for its end.
 * What `fn` does outside of the database (a mail) may happen again when the process dies before the commit.
 * @returns false when the event has had its effect already, and `fn` was not called
 */
export function once(database: Database, eventId: string, fn: (sql: Sql) => Promise<void>): Promise<boolean> {
  return database.transaction(async (sql) => {
    const marked = await sql.query('insert into inbox (event_id) values ($1) on conflict do nothing returning event_id', [eventId]);
    if (marked.length === 0) return false;
    await fn(sql);
    return true;
  });
}
