import { recordsOf } from './batch.ts';
import { extrasOf, flagsOf, sharedOf, type Shared } from './extras.ts';
import { saidOf, type Masks } from './mask.ts';
import { attributesOf, idOf, nanosOf, recordOf } from './otlp.ts';
import type { Attributes, SentSpan, SpanKind, Taken } from './span.ts';

const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS_ERROR = 2;

/** The spans of an ExportTraceServiceRequest. One that is ill-formed is refused alone; its neighbours are kept. */
export function spansOf(body: unknown): Taken<SentSpan> {
  return recordsOf(body, { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' }, { about: sharedOf, read: spanOf });
}

/** @returns the span, or what is wrong with it */
function spanOf(raw: unknown, service: string | null, resource: Attributes, masks: Masks, shared: Shared): SentSpan | string {
  const span = recordOf(raw);
  if (service === null) return 'the resource has no service.name';
  const traceId = idOf(span['traceId'], 32);
  const spanId = idOf(span['spanId'], 16);
  if (traceId === null || spanId === null) return 'traceId or spanId is not a hexadecimal id';
  const hasParent = span['parentSpanId'] !== undefined && span['parentSpanId'] !== '';
  const parentId = hasParent ? idOf(span['parentSpanId'], 16) : null;
  if (hasParent && parentId === null) return 'parentSpanId is not a hexadecimal id';
  const started = nanosOf(span['startTimeUnixNano']);
  // 0: it has not ended yet (services/kit/watched.ts).
  const open = span['endTimeUnixNano'] === '0' || span['endTimeUnixNano'] === 0;
  const ended = open ? started : nanosOf(span['endTimeUnixNano']);
  if (started === null || ended === null) return 'startTimeUnixNano or endTimeUnixNano is no time';
  const name = saidOf(span['name'], masks, 300);
  if (name === null || name === '') return 'it has no name';
  const status = recordOf(span['status']);
  const flags = flagsOf(span['flags']);
  const extras = extrasOf(span, shared, masks);
  const begun = {
    traceId, spanId, parentId, service, name,
    kind: KINDS[typeof span['kind'] === 'number' ? span['kind'] : 0] ?? 'internal',
    startedNs: String(started),
    attributes: { ...resource, ...attributesOf(span['attributes'], masks) },
    ...(flags === 0 ? {} : { flags }), ...(extras && { extras }),
  };
  if (open) return begun;
  return {
    ...begun,
    // A clock that was set back in between must not make a negative duration.
    endedNs: String(ended < started ? started : ended),
    isError: status['code'] === STATUS_ERROR,
    message: saidOf(status['message'], masks),
  };
}
