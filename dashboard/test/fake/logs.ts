import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { logRoutes } from '../../../services/monitoring/contract/logs.ts';
import type { KeptLine, Level } from '../../api/logs.ts';
import { on, randomHex, Refusal, signedIn, traceIdNow, type Answer, type Asked } from './refusal.ts';

const services = ['gateway', 'auth', 'configuration', 'deployment', 'notification', 'monitoring'] as const;
const said = ['GET /v1/environments answered 200', 'GET /v1/settings/:environment/:name answered 200', 'POST /v1/tokens answered 201', 'the relay published an event', 'a connection was opened'] as const;
const levelAt = (index: number): Level => (index % 97 === 0 ? 'error' : index % 23 === 0 ? 'warn' : 'info');

/** After the line that is followed by so many at once, which is more than a page of the viewer. */
const burst = { after: 200, lines: 250 } as const;

/**
 * Lines of the fake in the order of their ids, as they were written down; by time the batches of several services stand among each
 * other, as they do in truth. One of them holds what a hostile service may write.
 */
export function linesOf(count: number): KeptLine[] {
  const now = Date.now();
  const ageOf = (index: number) => (count - index) * 4000 - 3900 * Math.min(burst.lines, Math.max(0, burst.after + burst.lines - index));
  return Array.from({ length: count }, (_, index): KeptLine => ({
    id: index + 1, at: now - ageOf(index) - (index % 4 === 3 ? 9000 : 0), service: services[index % services.length] ?? 'gateway', level: levelAt(index),
    message: index === count - 5 ? '<img src=x onerror=alert(1)> \\u001b[31mred\\u001b[0m' : index === burst.after ? 'many lines follow this one' : index % 97 === 0 ? 'SELECT configuration.DATABASE: the database does not answer' : said[index % said.length] ?? '',
    traceId: index % 3 === 0 ? randomHex(32) : null, spanId: index % 3 === 0 ? randomHex(16) : null, attributes: { route: '/v1/environments', ms: index % 40 },
  }));
}

/** One more, written while somebody looks; every third is late: the one that was written before it is younger. */
export function newLine(kept: KeptLine[]): KeptLine {
  const [line] = linesOf(1);
  if (!line) throw new Error('There is no line to say.');
  const before = kept.at(-1) ?? { id: 0, at: 0 };
  const id = before.id + 1;
  const next: KeptLine = { ...line, id, at: id % 3 === 0 ? before.at - 1 : Date.now(), level: 'info', message: 'a new line while somebody looks' };
  kept.push(next);
  return next;
}

/** Each line with so much beside it that a few hundred are larger than what the dashboard takes as one answer. */
function* exported(lines: readonly KeptLine[]): Generator<string, void, void> {
  for (const line of lines) yield `${JSON.stringify({ ...line, attributes: { ...line.attributes, much: 'x'.repeat(16_384) } })}\n`;
  yield `${JSON.stringify({ end: { lines: lines.length, cut: false } })}\n`;
}

/** Logs of the fake. `fail-503` is a question that monitoring cannot answer, `export-503` one that it cannot export, `level>=loud` one that it does not understand; to `many@localhost` it says that some were refused. */
export function logs(kept: KeptLine[]): readonly Answer[] {
  const began = Date.now();
  const asked = ({ person, query }: Asked): readonly KeptLine[] => {
    signedIn(person);
    const terms = (query['query'] ?? '').split(' ').filter((term) => term !== '');
    if (terms.includes('fail-503')) throw new Refusal({ status: 503, code: 'unavailable', title: 'Something this service needs is away', detail: 'The database does not answer.', fix: 'Wait as long as Retry-After says.', at: 'monitoring', traceId: traceIdNow() });
    if (terms.includes('level>=loud')) throw new Refusal({ status: 400, code: 'invalid_params', title: 'The path or query does not fit its schema', detail: 'The query cannot be read: at 8, "loud" is no level.', fix: 'Correct it.', at: 'monitoring', traceId: traceIdNow() });
    const [from, to] = [Number(query['from'] ?? 0), Number(query['to'] ?? Infinity)];
    return kept.filter((line) => line.at >= from && line.at < to && terms.every((term) => (term.startsWith('service:') ? line.service === term.slice(8) : term.startsWith('level:') ? line.level === term.slice(6) : line.message.includes(term)))).toSorted((a, b) => b.at - a.at || b.id - a.id);
  };
  const counted = (values: readonly string[]) => [...Map.groupBy(values, (value) => value)].map(([name, all]) => ({ name, count: all.length })).toSorted((a, b) => b.count - a.count);
  return [
    on(logRoutes.logs, (question) => {
      const before = kept.find(({ id }) => id === Number(question.query['before']));
      const fitting = asked(question).filter(({ at, id }) => !before || at < before.at || (at === before.at && id < before.id));
      const limit = Number(question.query['limit'] ?? 100);
      return { lines: fitting.slice(0, limit), next: fitting.length > limit ? fitting[limit - 1]?.id ?? null : null, source: 'own' as const, retentionDays: 7 };
    }),
    on(logRoutes.logHistogram, (question) => {
      const fitting = asked(question);
      const [to, step] = [Date.now(), 60_000];
      const from = Math.floor(Number(question.query['from'] ?? to - 3_600_000) / step) * step;
      const buckets = [...Map.groupBy(fitting, ({ at }) => Math.floor(at / step) * step)].map(([at, lines]) => ({ at, levels: Object.fromEntries(counted(lines.map(({ level }) => level)).map(({ name, count }) => [name, count])) }));
      return { from, to, stepMs: step, total: fitting.length, buckets };
    }),
    on(logRoutes.logFacets, (question) => {
      const fitting = asked(question);
      return { from: 0, to: Date.now(), services: counted(fitting.map(({ service }) => service)), levels: counted(fitting.map(({ level }) => level)) };
    }),
    on(logRoutes.logContext, ({ person, params }) => {
      signedIn(person);
      const id = Number(params['id']);
      const of = kept.find((line) => line.id === id);
      if (!of) throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: 'No such line.', traceId: traceIdNow() });
      return { lines: kept.filter((line) => line.service === of.service && Math.abs(line.id - id) < 60).toSorted((a, b) => a.at - b.at || a.id - b.id) };
    }),
    on(logRoutes.logExport, (question) => {
      const fitting = asked(question);
      if (question.query['query'] === 'export-503') throw new Refusal({ status: 503, code: 'unavailable', title: 'Something this service needs is away', detail: 'The database does not answer.', fix: 'Wait as long as Retry-After says.', at: 'monitoring', traceId: traceIdNow() });
      question.response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-disposition': 'attachment; filename="logs.ndjson"' });
      void pipeline(Readable.from(exported(fitting)), question.response).catch(() => { /* The reader left. */ });
      return null;
    }),
    on(logRoutes.telemetry, ({ person }) => ({
      retentionDays: 7, since: began, sources: { metrics: 'own' as const, logs: 'own' as const, traces: 'own' as const }, kept: [{ signal: 'logs' as const, records: kept.length }],
      masked: [{ signal: 'traces' as const, values: signedIn(person).name === 'many@localhost' ? 3 : 0 }, { signal: 'logs' as const, values: 0 }, { signal: 'metrics' as const, values: 0 }],
      refused: signedIn(person).name === 'many@localhost' ? [{ signal: 'logs' as const, reason: 'full' as const, records: 1200 }, { signal: 'traces' as const, reason: 'full' as const, records: 1 }, { signal: 'metrics' as const, reason: 'too_many' as const, records: 40 }] : [],
    })),
    on(logRoutes.logTail, ({ person, response }) => {
      signedIn(person);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      const timer = setInterval(() => {
        const next = newLine(kept);
        response.write(`id: ${next.id}\nevent: lines\ndata: ${JSON.stringify({ lines: [next] })}\n\n`);
      }, 400);
      response.once('close', () => clearInterval(timer));
      return null;
    }),
  ];
}
