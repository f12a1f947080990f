import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LogLine, Span } from '../domain/span.ts';

/**
 * Answers as Jaeger's query service documents its HTTP API (jaegertracing.io: APIs; jaeger/cmd/query/app/http_handler.go and query_parser.go): what is missing or
 * cannot be read is a 400, a trace that nobody has a 404, both with `errors`. `limit` cuts off the oldest. It is no Jaeger.
 */
export async function startFakeJaeger() {
  const traces = new Map<string, { spans: Span[]; lines: LogLine[] }>();
  const asked: string[] = [];
  let garbage: string | undefined;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [status, body] = garbage === undefined ? answerTo(new URL(request.url ?? '', 'http://x'), traces) : [200, garbage];
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    take(spans: readonly Span[], lines: readonly LogLine[]) {
      for (const span of spans) {
        const trace = traces.get(span.traceId) ?? { spans: [], lines: [] };
        traces.set(span.traceId, trace);
        trace.spans.push(span);
      }
      for (const line of lines) traces.get(line.traceId ?? '')?.lines.push(line);
    },
    answerWith: (text: string | undefined) => { garbage = text; },
    stop: () => new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
export type FakeJaeger = Awaited<ReturnType<typeof startFakeJaeger>>;

type Traces = ReadonlyMap<string, { readonly spans: readonly Span[]; readonly lines: readonly LogLine[] }>;
const ok = (data: readonly unknown[]) => [200, { data, total: data.length, limit: 0, offset: 0, errors: null }] as const;
const refused = (code: number, msg: string) => [code, { data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] }] as const;
const micros = (nanos: string) => Number(BigInt(nanos) / 1000n);

function answerTo({ pathname, searchParams }: URL, traces: Traces): readonly [number, unknown] {
  if (pathname === '/api/services') return ok([...new Set([...traces.values()].flatMap(({ spans }) => spans.map(({ service }) => service)))].toSorted());
  const [, id] = /^\/api\/traces\/([^/]+)$/.exec(pathname) ?? [];
  if (id !== undefined) {
    if (!/^[0-9a-f]{1,32}$/i.test(id)) return refused(400, `strconv.ParseUint: parsing "${id}": invalid syntax`);
    const found = traces.get(id.toLowerCase().padStart(32, '0'));
    return found ? ok([modelOf(id, found)]) : refused(404, 'trace not found');
  }
  if (pathname !== '/api/traces') return [404, '404 page not found'];
  const [service, operation] = [searchParams.get('service') ?? '', searchParams.get('operation') ?? ''];
  if (service === '') return refused(400, "parameter 'service' is required");
  const numbers = ['start', 'end', 'limit'].map((name) => searchParams.get(name) ?? (name === 'limit' ? '100' : ''));
  const wrong = numbers.find((text) => !/^\d+$/.test(text));
  if (wrong !== undefined) return refused(400, `unable to parse param: strconv.ParseInt: parsing "${wrong}": invalid syntax`);
  const [start = 0, end = 0, limit = 0] = numbers.map(Number);
  const found = [...traces].flatMap(([traceId, one]) => {
    const fitting = one.spans.filter((span) => span.service === service && (operation === '' || span.name === operation) && micros(span.startedNs) >= start && micros(span.startedNs) <= end);
    return fitting.length === 0 ? [] : [{ traceId, one, at: Math.min(...fitting.map(({ startedNs }) => micros(startedNs))) }];
  });
  // In no order of its own, as the handler reads them from its storage.
  return ok(found.toSorted((a, b) => b.at - a.at).slice(0, limit).toReversed().map(({ traceId, one }) => modelOf(traceId, one)));
}

/** Jaeger's own words for what OpenTelemetry sent it (its translation drops zeros of ids at the front). */
function modelOf(traceId: string, { spans, lines }: { readonly spans: readonly Span[]; readonly lines: readonly LogLine[] }) {
  const services = [...new Set(spans.map(({ service }) => service))];
  const tag = ([key, value]: readonly [string, unknown]) => ({ key, type: typeof value === 'number' ? 'int64' : typeof value === 'boolean' ? 'bool' : 'string', value });
  const short = (id: string) => id.replace(/^0+/, '');
  return {
    traceID: short(traceId), warnings: null,
    processes: Object.fromEntries(services.map((serviceName, i) => [`p${i}`, { serviceName, tags: [] }])),
    spans: spans.map((span) => ({
      traceID: short(traceId), spanID: span.spanId, operationName: span.name, processID: `p${services.indexOf(span.service)}`, startTime: micros(span.startedNs), duration: micros(span.endedNs) - micros(span.startedNs),
      references: [
        ...(span.parentId === null ? [] : [{ refType: 'CHILD_OF', traceID: short(traceId), spanID: span.parentId }]),
        ...(span.extras?.links ?? []).map((link) => ({ refType: 'FOLLOWS_FROM', traceID: short(link.traceId), spanID: link.spanId })),
      ],
      tags: [...Object.entries(span.attributes).map(tag), tag(['span.kind', span.kind]), ...(span.isError ? [tag(['error', true]), tag(['otel.status_code', 'ERROR'])] : []), ...(span.message === null ? [] : [tag(['otel.status_description', span.message])])],
      logs: [...(span.extras?.events ?? []).map(({ atNs, name, attributes }) => ({ timestamp: micros(atNs), fields: [['event', name], ...Object.entries(attributes)].map(([key, value]) => tag([String(key), value])) })), ...lines.filter(({ spanId }) => spanId === span.spanId).map((line) => ({ timestamp: micros(line.atNs), fields: [['event', line.message], ['level', line.level], ...Object.entries(line.attributes)].map(([key, value]) => tag([String(key), value])) }))],
      warnings: null,
    })),
  };
}
