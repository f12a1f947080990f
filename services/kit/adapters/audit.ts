import { problem } from '../problem.ts';
import { isAway } from './postgres-error.ts';
import type { Sql } from './postgres.ts';

export interface AuditRecord {
  /** The name of who did it, from the token. */
  readonly person: string;
  /** `<service>.<route key>`: `configuration.write`. */
  readonly action: string;
  /** What it was done to: `production/deployment-freeze`. */
  readonly subject: string;
  /** What changed; no secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly traceId: string;
}

/**
 * Writes one record in the caller's transaction, so that there is no change without its record and no record without its change.
 * @throws {Problem} `audit_failed`: the caller must let it roll the transaction back · `unavailable` when the database went away
 */
export async function audit(sql: Sql, { person, action, subject, detail, traceId }: AuditRecord): Promise<void> {
  try {
    await sql.query(
      'insert into audit (person, action, subject, detail, trace_id) values ($1, $2, $3, $4, $5)',
      [person, action, subject, JSON.stringify(detail), traceId],
    );
  } catch (error) {
    if (isAway(error)) throw error;
    throw problem('audit_failed', `The audit record of ${action} on ${subject} could not be written, so nothing was changed.`, { cause: error });
  }
}
