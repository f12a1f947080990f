import type { Connection } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { readJaeger, type JaegerTrace } from '../domain/jaeger-read.ts';
import { entriesOf, type Entry } from '../domain/journey-fit.ts';
import { partOf } from '../domain/part.ts';
import { DAY_MS } from '../domain/timely.ts';
import { openForeign, textAt } from './foreign.ts';
import { asTraces } from './jaeger-answers.ts';
import { SHOWN, type Page, type Store, type Wanted } from './journey-port.ts';

/** Traces of one question, and questions for one page: a search that fits few looks at a thousand or for ten seconds, then says where it goes on. */
const LOOK = { traces: 100, times: 10, ms: 10_000 } as const;
const AHEAD_MS = 300_000;

/**
 * Journeys of a Jaeger by the HTTP API of its query service (jaegertracing.io: APIs, "HTTP JSON"): `https://user:password@host/base`. What it can only ask of
 * one span (how long, which tags) is asked of the whole trace here. It knows no spans that are under way.
 * @param days how far back it is looked without a `from`
 */
export function openJaeger(kit: Pick<Kit, 'call'>, connection: Connection<'traces'>, { days = 7, now = Date.now } = {}): Store {
  const { ask } = openForeign(kit, connection, { name: 'Jaeger', reasonOf: (body) => textAt(body, 'errors', '0', 'msg') });
  const asking = new Map<string, Promise<ReturnType<typeof readJaeger>>>();

  /** Whoever shows a journey asks for its spans and its lines at once. */
  function traceWith(traceId: string): Promise<ReturnType<typeof readJaeger>> {
    const found = asking.get(traceId) ?? ask({ path: `/api/traces/${encodeURIComponent(traceId)}`, nothing: 404 })
      .then((body) => (body === undefined ? [] : asTraces(body)))
      // The names of processes (p1) are those of one trace.
      .then((traces) => traces.map(readJaeger))
      .then((read) => ({ spans: read.flatMap(({ spans }) => spans), lines: read.flatMap(({ lines }) => lines) }))
      .finally(() => asking.delete(traceId));
    asking.set(traceId, found);
    return found;
  }
  async function newest(door: string, except: readonly string[], wanted: Wanted): Promise<Page> {
    const start = Math.floor((wanted.from ?? now() - days * DAY_MS) * 1000);
    let end = endOf(wanted, now());
    const found = new Map<string, Entry>();
    let [whole, times] = [false, 0];
    const until = performance.now() + LOOK.ms;
    while (!whole && found.size < wanted.limit && times < LOOK.times && performance.now() < until && end >= start) {
      const query = new URLSearchParams({ service: door, start: String(start), end: String(end), limit: String(LOOK.traces), ...(wanted.route === undefined ? {} : { operation: wanted.route }) });
      const traces = asTraces(await ask({ path: `/api/traces?${String(query)}` }));
      for (const { spans, lines } of traces.map(readJaeger)) for (const entry of entriesOf(spans, lines, door, except, wanted)) found.set(`${entry.startedNs}-${entry.traceId}`, entry);
      whole = traces.length < LOOK.traces;
      // It answers the newest that fit: what is older than all of them comes next.
      end = Math.min(end - 1, ...traces.map((trace) => doorOpened(trace, door)));
      times += 1;
    }
    const entries = [...found.values()].toSorted((a, b) => (BigInt(b.startedNs) > BigInt(a.startedNs) ? 1 : BigInt(b.startedNs) < BigInt(a.startedNs) ? -1 : a.traceId < b.traceId ? 1 : -1));
    const page = entries.slice(0, wanted.limit);
    const last = page.at(-1);
    const isFull = last !== undefined && page.length === wanted.limit;
    return {
      journeys: page.map(({ startedNs: _, ...summary }) => summary),
      next: isFull ? `${last.startedNs}-${last.traceId}` : whole || end < start ? null : `${end}999-${'f'.repeat(32)}`,
    };
  }
  return {
    sources: { hops: 'jaeger', logs: 'own' },
    newest,
    spansOf: async (traceId, most = SHOWN.spans) => partOf((await traceWith(traceId)).spans, most),
    openSpansOf: () => Promise.resolve({ found: [], omitted: 0 }),
    logsOf: async (traceId, most = SHOWN.logs) => partOf((await traceWith(traceId)).lines, most),
  };
}

/** The microsecond that the page begins with. */
function endOf({ to, before }: Wanted, nowMs: number): number {
  const [nanos] = before?.split('-') ?? [];
  return Math.min(...(to === undefined ? [Math.floor((nowMs + AHEAD_MS) * 1000)] : [Math.floor(to * 1000)]), ...(nanos === undefined ? [] : [Number(BigInt(nanos) / 1000n)]));
}

/** When a span of that service first began: by this Jaeger chooses and orders. */
function doorOpened({ spans, processes }: JaegerTrace, door: string): number {
  return Math.min(...spans.flatMap(({ processID, startTime }) => (processes[processID]?.serviceName === door ? [startTime] : [])));
}
