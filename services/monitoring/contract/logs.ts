import type { RouteSet } from '../../kit/contract.ts';

const query = { type: 'string', maxLength: 500 } as const;
/** Unix milliseconds; up to the year 2100. */
const time = { type: 'integer', minimum: 0, maximum: 4_102_444_800_000 } as const;
const id = { type: 'integer', minimum: 1, maximum: 9_007_199_254_740_991 } as const;
const level = { enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] } as const;
const line = {
  type: 'object', additionalProperties: false, required: ['id', 'at', 'service', 'level', 'message', 'traceId', 'spanId', 'attributes'],
  properties: {
    id, at: { type: 'number' }, service: { type: 'string' }, level, message: { type: 'string' },
    traceId: { type: ['string', 'null'] }, spanId: { type: ['string', 'null'] }, attributes: { type: 'object' },
  },
} as const;
const counted = { type: 'array', items: { type: 'object', additionalProperties: false, required: ['name', 'count'], properties: { name: { type: 'string' }, count: { type: 'integer' } } } } as const;
/** `opensearch`: that server's (LOGS). */
const source = { enum: ['own', 'opensearch'] } as const;
const askedFor = 'Terms: service:auth level>=warn "exact text" word trace:<id> span:<id> attr.key:value, each with a - before it for "not".';

/** Log lines, searched, counted, followed. Times without `from` begin where the store does; without `to` they end now. */
export const logRoutes = {
  logs: {
    method: 'get', path: '/v1/logs', access: 'viewer', public: true,
    about: `Log lines, newest first. ${askedFor}`,
    query: { type: 'object', additionalProperties: false, properties: { query, from: time, to: time, limit: { type: 'integer', minimum: 1, maximum: 1000 }, before: id } },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['lines', 'next', 'source', 'retentionDays'],
        /** Null: the source that they are read from decides, and does not say. */
        properties: { lines: { type: 'array', items: line }, next: { type: ['integer', 'null'] }, source, retentionDays: { type: ['number', 'null'] } },
      },
    },
  },
  logHistogram: {
    method: 'get', path: '/v1/logs/histogram', access: 'viewer', public: true,
    about: 'How many lines by time and level, in whole steps that cover the range asked for.',
    query: { type: 'object', additionalProperties: false, properties: { query, from: time, to: time, buckets: { type: 'integer', minimum: 1, maximum: 200 } } },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['from', 'to', 'stepMs', 'total', 'buckets'],
        properties: {
          from: time, to: time, stepMs: { type: 'integer' }, total: { type: 'integer' },
          /** Those without a line are left out. */
          buckets: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['at', 'levels'],
              properties: {
                at: time,
                levels: { type: 'object', additionalProperties: false, properties: { trace: { type: 'integer' }, debug: { type: 'integer' }, info: { type: 'integer' }, warn: { type: 'integer' }, error: { type: 'integer' }, fatal: { type: 'integer' } } },
              },
            },
          },
        },
      },
    },
  },
  logFacets: {
    method: 'get', path: '/v1/logs/facets', access: 'viewer', public: true,
    about: 'How many lines by service and by level, in whole steps that cover the range asked for.',
    query: { type: 'object', additionalProperties: false, properties: { query, from: time, to: time } },
    answers: {
      200: { type: 'object', additionalProperties: false, required: ['from', 'to', 'services', 'levels'], properties: { from: time, to: time, services: counted, levels: counted } },
    },
  },
  logExport: {
    method: 'get', path: '/v1/logs/export', access: 'viewer', public: true, stream: true,
    about: 'The same lines as NDJSON, newest first, at most 100,000; the last line says how many there were and whether it was cut.',
    query: { type: 'object', additionalProperties: false, properties: { query, from: time, to: time } },
    answers: { 200: null },
  },
  logTail: {
    method: 'get', path: '/v1/logs/tail', access: 'viewer', public: true, stream: true,
    about: 'New lines as they are written: events of type `lines`. Begins after the line `after` or Last-Event-ID, else now; more than 10,000 lines behind, the oldest are skipped and an event `skipped` says so.',
    query: { type: 'object', additionalProperties: false, properties: { query, after: { ...id, minimum: 0 } } },
    answers: { 200: null },
  },
  logContext: {
    method: 'get', path: '/v1/logs/:id/context', access: 'viewer', public: true,
    about: 'The lines before and after one, of its service or of all, in the order of time.',
    params: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^[1-9]\\d{0,15}$' } } },
    query: { type: 'object', additionalProperties: false, properties: { lines: { type: 'integer', minimum: 1, maximum: 50 }, all: { type: 'boolean' } } },
    answers: { 200: { type: 'object', additionalProperties: false, required: ['lines'], properties: { lines: { type: 'array', items: line } } } },
  },
  telemetry: {
    method: 'get', path: '/v1/telemetry', access: 'viewer', public: true,
    about: 'How long monitoring keeps what it is sent, what this process took, refused and masked since it started, and where each signal is read: another source has its own retention.',
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['retentionDays', 'since', 'sources', 'kept', 'refused', 'masked'],
        properties: {
          retentionDays: { type: 'number' }, since: time,
          sources: { type: 'object', additionalProperties: false, required: ['metrics', 'logs', 'traces'], properties: { metrics: { enum: ['own', 'prometheus'] }, logs: source, traces: { enum: ['own', 'jaeger'] } } },
          kept: { type: 'array', items: { type: 'object', additionalProperties: false, required: ['signal', 'records'], properties: { signal: { enum: ['traces', 'logs', 'metrics'] }, records: { type: 'integer' } } } },
          /** Credentials in what was sent: a mask is kept in their place. */
          masked: { type: 'array', items: { type: 'object', additionalProperties: false, required: ['signal', 'values'], properties: { signal: { enum: ['traces', 'logs', 'metrics'] }, values: { type: 'integer' } } } },
          refused: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['signal', 'reason', 'records'],
              properties: { signal: { enum: ['traces', 'logs', 'metrics'] }, reason: { enum: ['ill_formed', 'too_old', 'future', 'full', 'unavailable', 'too_many'] }, records: { type: 'integer' } },
            },
          },
        },
      },
    },
  },
} as const satisfies RouteSet;
