/**
 * The messages of OTLP 1.x that are understood: field number → JSON name and type (opentelemetry-proto, *.proto). A name that ends in
 * `[]` is repeated. Fields that are not listed are skipped.
 */
export type Scalar = 'text' | 'hex' | 'base64' | 'bool' | 'integer' | 'number' | 'count' | 'double' | 'fixed64' | 'sfixed64' | 'fixed32';
export type Message = Readonly<Record<number, readonly [name: string, type: Scalar | MessageName]>>;

const any = 'AnyValue';
const attributes = ['attributes[]', 'KeyValue'] as const;
const from = ['startTimeUnixNano', 'fixed64'] as const;
const time = ['timeUnixNano', 'fixed64'] as const;
const resource = ['resource', 'Resource'] as const;
const scope = ['scope', 'Scope'] as const;
const schema = ['schemaUrl', 'text'] as const;
const dropped = ['droppedAttributesCount', 'count'] as const;

export const messages = {
  Traces: { 1: ['resourceSpans[]', 'ResourceSpans'] },
  ResourceSpans: { 1: resource, 2: ['scopeSpans[]', 'ScopeSpans'], 3: schema },
  ScopeSpans: { 1: scope, 2: ['spans[]', 'Span'], 3: schema },
  Span: {
    1: ['traceId', 'hex'], 2: ['spanId', 'hex'], 3: ['traceState', 'text'], 4: ['parentSpanId', 'hex'], 5: ['name', 'text'], 6: ['kind', 'number'], 7: from,
    8: ['endTimeUnixNano', 'fixed64'], 9: attributes, 10: dropped, 11: ['events[]', 'Event'], 12: ['droppedEventsCount', 'count'], 13: ['links[]', 'Link'], 14: ['droppedLinksCount', 'count'], 15: ['status', 'Status'], 16: ['flags', 'fixed32'],
  },
  Event: { 1: time, 2: ['name', 'text'], 3: attributes, 4: dropped },
  Link: { 1: ['traceId', 'hex'], 2: ['spanId', 'hex'], 3: ['traceState', 'text'], 4: attributes, 5: dropped, 6: ['flags', 'fixed32'] },
  Status: { 2: ['message', 'text'], 3: ['code', 'number'] },
  Logs: { 1: ['resourceLogs[]', 'ResourceLogs'] },
  ResourceLogs: { 1: resource, 2: ['scopeLogs[]', 'ScopeLogs'] },
  ScopeLogs: { 2: ['logRecords[]', 'LogRecord'] },
  LogRecord: {
    1: time, 2: ['severityNumber', 'number'], 3: ['severityText', 'text'], 5: ['body', any], 6: attributes, 8: ['flags', 'fixed32'], 9: ['traceId', 'hex'],
    10: ['spanId', 'hex'], 11: ['observedTimeUnixNano', 'fixed64'], 12: ['eventName', 'text'],
  },
  Metrics: { 1: ['resourceMetrics[]', 'ResourceMetrics'] },
  ResourceMetrics: { 1: resource, 2: ['scopeMetrics[]', 'ScopeMetrics'] },
  ScopeMetrics: { 1: scope, 2: ['metrics[]', 'Metric'] },
  Metric: { 1: ['name', 'text'], 2: ['description', 'text'], 3: ['unit', 'text'], 5: ['gauge', 'Gauge'], 7: ['sum', 'Sum'], 9: ['histogram', 'Histogram'] },
  Gauge: { 1: ['dataPoints[]', 'NumberPoint'] },
  Sum: { 1: ['dataPoints[]', 'NumberPoint'], 2: ['aggregationTemporality', 'number'], 3: ['isMonotonic', 'bool'] },
  Histogram: { 1: ['dataPoints[]', 'HistogramPoint'], 2: ['aggregationTemporality', 'number'] },
  NumberPoint: { 2: from, 3: time, 4: ['asDouble', 'double'], 6: ['asInt', 'sfixed64'], 7: attributes },
  HistogramPoint: { 2: from, 3: time, 4: ['count', 'fixed64'], 5: ['sum', 'double'], 6: ['bucketCounts[]', 'fixed64'], 7: ['explicitBounds[]', 'double'], 9: attributes },
  Resource: { 1: attributes, 2: dropped },
  Scope: { 1: ['name', 'text'], 2: ['version', 'text'], 3: attributes, 4: dropped },
  KeyValue: { 1: ['key', 'text'], 2: ['value', any] },
  AnyValue: { 1: ['stringValue', 'text'], 2: ['boolValue', 'bool'], 3: ['intValue', 'integer'], 4: ['doubleValue', 'double'], 5: ['arrayValue', 'ArrayValue'], 6: ['kvlistValue', 'KeyValueList'], 7: ['bytesValue', 'base64'] },
  ArrayValue: { 1: ['values[]', any] },
  KeyValueList: { 1: ['values[]', 'KeyValue'] },
} as const satisfies Readonly<Record<string, Readonly<Record<number, readonly [string, string]>>>>;
export type MessageName = keyof typeof messages;
