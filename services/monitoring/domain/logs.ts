import { recordsOf } from './batch.ts';
import type { Masks } from './mask.ts';
import { anyOf, attributesOf, idOf, nanosOf, recordOf } from './otlp.ts';
import type { Attributes, LogLine, Taken } from './span.ts';
import { textOf } from './text.ts';

/** OpenTelemetry's severity numbers: four of each. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** The records of an ExportLogsServiceRequest. One that is ill-formed is refused alone; its neighbours are kept. */
export function logsOf(body: unknown): Taken<LogLine> {
  return recordsOf(body, { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' }, { about: () => undefined, read: lineOf });
}

function lineOf(raw: unknown, service: string | null, resource: Attributes, masks: Masks): LogLine | string {
  const record = recordOf(raw);
  if (service === null) return 'the resource has no service.name';
  // A record without a time of its own has the time it was seen (opentelemetry-proto, logs.proto).
  const at = nanosOf(record['timeUnixNano']) ?? nanosOf(record['observedTimeUnixNano']);
  if (at === null) return 'timeUnixNano is no time';
  const body = anyOf(record['body'], masks);
  if (body === undefined) return 'it has no body';
  const traceId = idOf(record['traceId'], 32);
  return {
    service, traceId, spanId: traceId === null ? null : idOf(record['spanId'], 16),
    level: levelOf(record['severityNumber']),
    message: typeof body === 'string' ? body : textOf(JSON.stringify(body)) ?? '',
    atNs: String(at),
    attributes: { ...resource, ...attributesOf(record['attributes'], masks) },
  };
}

function levelOf(severity: unknown): string {
  return typeof severity === 'number' && severity >= 1 ? LEVELS[Math.floor((severity - 1) / 4)] ?? 'info' : 'info';
}
