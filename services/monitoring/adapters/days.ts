import type { Sql } from '../../kit/adapters/postgres.ts';
import { DAY_MS, dayOf } from '../domain/timely.ts';

/** The tables that hold one day each. */
export interface Days {
  /** Makes those of these times, where they are not there yet. May be called by many at once. */
  ensure(nanos: Iterable<string>): Promise<void>;
  /** Makes today's and the next two, so that no write at midnight has to. */
  ahead(): Promise<void>;
  /** What is known may be wrong: another process has dropped some. */
  forget(): void;
}

export function openDays(sql: Sql): Days {
  const known = new Set<string>();
  async function make(day: string): Promise<void> {
    if (known.has(day)) return;
    await sql.query('select ensure_day($1::date)', [day]);
    known.add(day);
  }
  return {
    async ensure(nanos) {
      // A batch holds thousands of times and one day: equal days are cut out before they are formatted.
      const days = new Map<number, string>();
      for (const at of nanos) {
        const day = Math.floor(Number(at.slice(0, -9)) / 86_400);
        if (!days.has(day)) days.set(day, at);
      }
      for (const at of days.values()) await make(dayOf(at));
    },
    async ahead() {
      for (const days of [0, 1, 2]) await make(new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10));
    },
    forget: () => known.clear(),
  };
}
