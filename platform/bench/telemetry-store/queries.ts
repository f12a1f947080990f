import { DAYS, HOUR_MS, randomFrom, type Tally } from './corpus.ts';

/** One kind of question, with what its answer must hold. */
export interface Question {
  readonly what: string;
  /** p99 in milliseconds, at most. */
  readonly target: number;
  next(): { readonly path: string; readonly expected: number; count(answer: unknown): number };
}

export function questionsOf(tally: Tally, seed = 11): readonly Question[] {
  const random = randomFrom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] ?? raise();
  const [traces, needles] = [[...tally.traces], [...tally.needles]];
  const hours = DAYS * 24 - 1;
  const sum = (counts: readonly number[], from: number, to: number) => counts.slice(from, to).reduce((total, one) => total + one, 0);
  /** As many hours as hold a hundred thousand lines, if there are as many. */
  const broad = Math.max(1, Math.min(hours, Math.round(100_000 / (tally.lines / (DAYS * 24)))));
  return [
    {
      what: 'trace by id, its 8 spans and 8 lines', target: 25,
      next() {
        const [traceId, { spans, lines }] = pick(traces);
        return { path: `/v1/journeys/${traceId}`, expected: spans + lines, count: (answer) => listOf(answer, 'hops').length + listOf(answer, 'logs').length };
      },
    },
    {
      what: 'the newest 200 lines', target: 25,
      next: () => ({ path: '/v1/logs?limit=200', expected: Math.min(200, tally.lines), count: (answer) => listOf(answer, 'lines').length }),
    },
    {
      what: 'one hour: service:auth "was", 1000 lines at most', target: 25,
      next() {
        const hour = Math.floor(random() * hours);
        return {
          path: `/v1/logs?limit=1000&query=${encodeURIComponent('service:auth "was"')}&from=${tally.fromMs + hour * HOUR_MS}&to=${tally.fromMs + (hour + 1) * HOUR_MS}`,
          expected: Math.min(1000, tally.saidPerHour[hour] ?? 0), count: (answer) => listOf(answer, 'lines').length,
        };
      },
    },
    {
      what: 'all time: a rare substring', target: 50,
      next() {
        const [needle, expected] = pick(needles);
        return { path: `/v1/logs?query=${needle.slice(2)}`, expected, count: (answer) => listOf(answer, 'lines').length };
      },
    },
    {
      what: 'histogram of one day', target: 50,
      next() {
        const from = Math.floor(random() * (hours - 24));
        return {
          path: `/v1/logs/histogram?buckets=144&from=${tally.fromMs + from * HOUR_MS}&to=${tally.fromMs + (from + 24) * HOUR_MS}`,
          expected: sum(tally.perHour, from, from + 24), count: (answer) => numberAt(answer, 'total'),
        };
      },
    },
    {
      what: `a text among the lines of ${broad} hours (about ${Math.round(broad * tally.lines / DAYS / 24 / 1000)},000)`, target: 300,
      next() {
        const from = Math.floor(random() * (hours - broad));
        return {
          path: `/v1/logs/histogram?buckets=200&query=${encodeURIComponent('service:auth "was"')}&from=${tally.fromMs + from * HOUR_MS}&to=${tally.fromMs + (from + broad) * HOUR_MS}`,
          expected: sum(tally.saidPerHour, from, from + broad), count: (answer) => numberAt(answer, 'total'),
        };
      },
    },
  ];
}

function listOf(answer: unknown, key: string): readonly unknown[] {
  const found: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : undefined;
  return Array.isArray(found) ? found : raise();
}
function numberAt(answer: unknown, key: string): number {
  const found: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : undefined;
  return typeof found === 'number' ? found : raise();
}
function raise(): never {
  throw new Error('The answer does not hold what its contract says.');
}
