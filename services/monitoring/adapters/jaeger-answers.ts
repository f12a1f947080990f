import type { JaegerTrace } from '../domain/jaeger-read.ts';
import { answerReader } from './answer-reader.ts';

const string = { type: 'string' };
const id = (digits: number) => ({ type: 'string', pattern: `^[0-9a-fA-F]{1,${digits}}$` });
/** Up to the year 2262, as nanoseconds in a text. */
const micros = { type: 'integer', minimum: 0, maximum: 9_223_372_036_854_000 };
const having = (properties: object, optional: object = {}) => ({ type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } });
const list = (items: object) => ({ type: ['array', 'null'], items });
const tags = list(having({ key: string, value: {} }));
const span = having(
  { spanID: id(16), operationName: string, startTime: micros, duration: micros, processID: string },
  { references: list(having({ refType: string, traceID: id(32), spanID: id(16) })), tags, logs: list(having({ timestamp: micros, fields: { ...tags, type: 'array' } })) },
);
const trace = having({ traceID: id(32), spans: { type: 'array', items: span }, processes: { type: 'object', additionalProperties: having({ serviceName: string }, { tags }) } });
const reader = answerReader<{ readonly data: readonly JaegerTrace[] | null }>('Jaeger', having({ data: list(trace) }));

export const asTraces = (body: unknown): readonly JaegerTrace[] => reader(body).data ?? [];
