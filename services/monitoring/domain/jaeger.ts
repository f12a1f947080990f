import { millis } from './journey.ts';
import { OWN_SCOPE } from './extras.ts';
import type { Attributes, LogLine, Span, SpanEvent } from './span.ts';

/**
 * A trace as Jaeger's query service answers it at /api/traces/{id} (jaeger/internal/uimodel/model.go): times in whole microseconds,
 * parents and links as references, services as processes, log lines and events as the logs of their span. Names of tags as OpenTelemetry's
 * specification has them ("OpenTelemetry to Jaeger Transformation"); a link has no attributes there.
 */
export function jaegerOf(traceId: string, spans: readonly Span[], logs: readonly LogLine[]): object {
  const processes = new Map<string, { readonly id: string; readonly service: string; readonly tags: readonly Tag[] }>();
  const linesOf = Map.groupBy(logs, ({ spanId }) => spanId);
  const known = new Set(spans.map(({ spanId }) => spanId));
  const found = spans.map((span) => {
    const instance = `${span.service} ${String(span.attributes['service.instance.id'] ?? '')}`;
    const process = processes.get(instance) ?? { id: `p${processes.size + 1}`, service: span.service, tags: tagsOf({ ...span.extras?.resource?.attributes, ...Object.fromEntries(Object.entries(span.attributes).filter(([key]) => isOfProcess(key))) }) };
    processes.set(instance, process);
    return {
      traceID: traceId, spanID: span.spanId, flags: (span.flags ?? 1) & 0xff, operationName: span.name, processID: process.id,
      references: [
        ...(span.parentId === null ? [] : [{ refType: 'CHILD_OF', traceID: traceId, spanID: span.parentId }]),
        ...(span.extras?.links ?? []).map((link) => ({ refType: 'FOLLOWS_FROM', traceID: link.traceId, spanID: link.spanId })),
      ],
      startTime: micros(span.startedNs), duration: micros(span.endedNs) - micros(span.startedNs),
      tags: [
        ...tagsOf(span.attributes).filter(({ key }) => !isOfProcess(key)), { key: 'span.kind', type: 'string', value: span.kind },
        ...(span.isError ? [{ key: 'error', type: 'bool', value: true }, { key: 'otel.status_code', type: 'string', value: 'ERROR' }] : []),
        ...tagsOf(saidOf(span)), ...(span.message === null ? [] : [{ key: 'otel.status_description', type: 'string', value: span.message }]),
      ],
      logs: [...(span.extras?.events ?? []).map(eventOf), ...(linesOf.get(span.spanId) ?? []).map(fieldsOf)].toSorted((a, b) => a.timestamp - b.timestamp),
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

interface Logged { readonly timestamp: number; readonly fields: readonly Tag[] }
interface Tag { readonly key: string; readonly type: string; readonly value: unknown }

/** What a span says of itself beside its attributes. */
function saidOf({ extras }: Span): Attributes {
  const { traceState, isOk, dropped, scope = { name: OWN_SCOPE } } = extras ?? {};
  return Object.fromEntries(Object.entries({
    'w3c.tracestate': traceState, 'otel.status_code': isOk && 'OK', 'otel.scope.name': scope.name, 'otel.scope.version': scope.version,
    'otel.dropped_attributes_count': dropped?.attributes, 'otel.dropped_events_count': dropped?.events, 'otel.dropped_links_count': dropped?.links,
  }).filter(([, value]) => value !== undefined));
}

/** An attribute called `event` stands before the name (the same specification, "Events"). */
function eventOf({ atNs, name, attributes, dropped }: SpanEvent): Logged {
  return { timestamp: micros(atNs), fields: tagsOf({ event: name, ...attributes, ...(dropped === undefined ? {} : { 'otel.dropped_attributes_count': dropped }) }) };
}

function fieldsOf(line: LogLine): Logged {
  return { timestamp: micros(line.atNs), fields: [{ key: 'event', type: 'string', value: line.message }, { key: 'level', type: 'string', value: line.level }, ...tagsOf(line.attributes).filter(({ key }) => !isOfProcess(key))] };
}

function tagsOf(attributes: Attributes): readonly Tag[] {
  return Object.keys(attributes).toSorted().map((key) => tagOf(key, attributes[key]));
}

/** Jaeger knows five types; a list or an object is shown as its JSON. */
function tagOf(key: string, value: unknown): Tag {
  switch (typeof value) {
    case 'string': return { key, type: 'string', value };
    case 'boolean': return { key, type: 'bool', value };
    case 'number': return { key, type: Number.isSafeInteger(value) ? 'int64' : 'float64', value };
    default: return { key, type: 'string', value: JSON.stringify(value) };
  }
}
