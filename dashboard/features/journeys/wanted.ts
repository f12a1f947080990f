import type { JourneyQuestion } from '../../api/monitoring.ts';
import { isRange, ranges } from '../logs/question.ts';

/** What of the address is the question: the form's fields have the same names. */
export const askedNames = ['service', 'text', 'failed', 'longer', 'range', 'from', 'to', 'demo'] as const;

/** Which journeys. A range that ends now stays a length, so that asking again moves with the clock. */
export interface Wanted extends Omit<JourneyQuestion, 'before'> { readonly lastMs?: number | undefined }

/** All that came. */
export const everything: Wanted = {};

/** From the address; what makes no sense there is not asked. */
export function wantedIn(params: Pick<URLSearchParams, 'get'>): Wanted {
  const [text, range, longer] = [params.get('text')?.trim().slice(0, 200), params.get('range'), params.get('longer') ?? ''];
  const [from, to] = [timeIn(params.get('from')), timeIn(params.get('to'))];
  const lastMs = from === undefined && to === undefined && isRange(range) && ranges[range];
  const wanted = {
    service: params.get('service')?.slice(0, 100), text, from, to, lastMs: lastMs || undefined,
    status: params.get('failed') === '1' ? 'error' as const : undefined, traffic: params.get('demo') === 'hidden' ? 'other' as const : undefined,
    minMs: /^\d{1,9}$/.test(longer) ? Number(longer) : undefined,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined && value !== ''));
}

export function questionOf({ lastMs, ...asked }: Wanted, now: number): JourneyQuestion {
  return lastMs === undefined ? asked : { ...asked, from: now - lastMs };
}

/** How often it is asked again. What only the hops of each journey can tell is dear to find where little fits; a fixed time stays as it is. */
export function everyMsOf({ service, text, status, minMs, to }: Wanted): number | false {
  if (to !== undefined) return false;
  return [service, text, status, minMs].some((asked) => asked !== undefined) ? 15_000 : 3000;
}

const timeIn = (text: string | null): number | undefined => (text !== null && /^\d{1,12}$|^[123]\d{12}$/.test(text) ? Number(text) : undefined);
