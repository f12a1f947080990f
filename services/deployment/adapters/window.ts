// Cron expressions with time zones, through a change of the clocks too, are a library's business.
import { CronExpressionParser } from 'cron-parser';
import type { DeliveryWindow } from '../domain/delivery.ts';

export interface Opening {
  readonly open: boolean;
  /** When it opens next, RFC 3339; absent while it is open. */
  readonly opens?: string;
}

/** Whether it was closed now or `ms` ago: what happens by itself has not had that long. */
export function wasClosed(window: DeliveryWindow | undefined, now: Date, ms: number): boolean {
  return [now, new Date(now.getTime() - ms)].some((at) => !openingOf(window, at).open);
}

/** Whether changes may be merged now: within `hours` after a time of the cron expression. @throws {Error} for an expression or a zone that is none */
export function openingOf(window: DeliveryWindow | undefined, now: Date): Opening {
  if (window === undefined) return { open: true };
  const times = CronExpressionParser.parse(window.schedule, { tz: window.timeZone, currentDate: now });
  // `prev` looks at what lies before; the moment itself belongs to the window too.
  const last = CronExpressionParser.parse(window.schedule, { tz: window.timeZone, currentDate: new Date(now.getTime() + 1) }).prev().toDate();
  if (now.getTime() < last.getTime() + window.hours * 3_600_000) return { open: true };
  return { open: false, opens: times.next().toDate().toISOString() };
}
