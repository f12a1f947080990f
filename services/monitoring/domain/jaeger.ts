import { millis } from './journey.ts';
import type { Attributes, LogLine, Span } from './span.ts';

/**
 * A trace as Jaeger's query service answers it at /api/traces/{id} (jaeger/internal/uimodel/model.go): times in whole microseconds,
 * parents as references, services as processes, log lines as the logs of their span.
 */
export function jaegerOf(traceId: string, spans: readonly Span[], logs: readonly LogLine[]): object {
  const processes = new Map<string, { readonly id: string; readonly service: string; readonly tags: readonly object[] }>();
  const linesOf = Map.groupBy(logs, ({ spanId }) => spanId);
  const known = new Set(spans.map(({ spanId }) => spanId));
  const found = spans.map((span) => {
    const instance = `${span.service} ${String(span.attributes['service.instance.id'] ?? '')}`;
    const process = processes.get(instance) ?? { id: `p${processes.size + 1}`, service: span.service, tags: tagsOf(span.attributes, isOfProcess) };
    processes.set(instance, process);
    return {
      traceID: traceId, spanID: span.spanId, flags: 1, operationName: span.name, processID: process.id,
      references: span.parentId === null ? [] : [{ refType: 'CHILD_OF', traceID: traceId, spanID: span.parentId }],
      startTime: micros(span.startedNs), duration: micros(span.endedNs) - micros(span.startedNs),
      tags: [
        ...tagsOf(span.attributes, (key) => !isOfProcess(key)), { key: 'span.kind', type: 'string', value: span.kind },
        ...(span.isError ? [{ key: 'error', type: 'bool', value: true }, { key: 'otel.status_code', type: 'string', value: 'ERROR' }] : []),
        ...(span.message === null ? [] : [{ key: 'otel.status_description', type: 'string', value: span.message }]),
      ],
      logs: (linesOf.get(span.spanId) ?? []).map(fieldsOf),
      warnings: span.parentId !== null && !known.has(span.parentId) ? [`the parent span ${span.parentId} is not here`] : null,
    };
  });
  return {
    data: [{ traceID: traceId, spans: found, processes: Object.fromEntries([...processes.values()].map(({ id, service, tags }) => [id, { serviceName: service, tags }])), warnings: null }],
    total: 0, limit: 0, offset: 0, errors: null,
  };
}

const micros = (nanos: string): number => Math.round(millis(BigInt(nanos)) * 1000);
const OF_PROCESS: readonly string[] = ['service.instance.id', 'service.version', 'deployment.environment.name', 'journey.revision', 'journey.config_version'];
const isOfProcess = (key: string): boolean => OF_PROCESS.includes(key);

function fieldsOf(line: LogLine): object {
  return { timestamp: micros(line.atNs), fields: [{ key: 'event', type: 'string', value: line.message }, { key: 'level', type: 'string', value: line.level }, ...tagsOf(line.attributes, (key) => !isOfProcess(key))] };
}

function tagsOf(attributes: Attributes, wanted: (key: string) => boolean): readonly object[] {
  return Object.keys(attributes).filter(wanted).toSorted().map((key) => tagOf(key, attributes[key]));
}

/** Jaeger knows five types; a list or an object is shown as its JSON. */
function tagOf(key: string, value: unknown): object {
  switch (typeof value) {
    case 'string': return { key, type: 'string', value };
    case 'boolean': return { key, type: 'bool', value };
    case 'number': return { key, type: Number.isSafeInteger(value) ? 'int64' : 'float64', value };
    default: return { key, type: 'string', value: JSON.stringify(value) };
  }
}
