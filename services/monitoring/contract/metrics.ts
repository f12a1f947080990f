import type { RouteSet } from '../../kit/contract.ts';

/** Unix time in milliseconds. */
const time = { type: 'integer', minimum: 0, maximum: 4_102_444_800_000 } as const;
const range = {
  /** @default five minutes before `to` */
  from: time,
  /** @default now */
  to: time,
  /** Seconds of one value of the series; never finer than what is kept. @default a 300th of the range */
  step: { type: 'integer', minimum: 1, maximum: 86_400 },
} as const;
const word = { type: 'string', pattern: '^[A-Za-z_:][A-Za-z0-9_:.-]{0,99}$' } as const;
const numbers = { type: 'array', items: { type: 'number' } } as const;
const numbersOrNone = { type: 'array', items: { type: ['number', 'null'] } } as const;
const numberOrNone = { type: ['number', 'null'] } as const;
const labels = { type: 'object', additionalProperties: { type: 'string' } } as const;
/** `prometheus`: that server's (METRICS). The live seconds and the alerts are monitoring's own in any case. */
const source = { enum: ['own', 'prometheus'] } as const;
/** Which figures these are: from, to in Unix milliseconds; step, resolution and keptSeconds in seconds. */
const which = { from: { type: 'number' }, to: { type: 'number' }, step: { type: 'number' }, resolution: { type: 'number' }, keptSeconds: { type: 'number' } } as const;
const exemplar = {
  type: 'object', additionalProperties: false, required: ['at', 'seconds', 'traceId'],
  properties: { at: { type: 'number' }, seconds: { type: 'number' }, traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' } },
} as const;
const red = {
  type: 'object', additionalProperties: false,
  required: ['key', 'labels', 'requests', 'errors', 'refused', 'rate', 'errorRate', 'p50', 'p95', 'p99', 'mean', 'series', 'exemplars'],
  properties: {
    key: { type: 'string' }, labels,
    requests: { type: 'number' }, errors: { type: 'number' }, refused: { type: 'number' }, rate: { type: 'number' }, errorRate: { type: 'number' },
    p50: numberOrNone, p95: numberOrNone, p99: numberOrNone, mean: numberOrNone,
    series: {
      type: 'object', additionalProperties: false, required: ['at', 'rate', 'errors', 'p99'],
      properties: { at: numbers, rate: numbers, errors: numbers, p99: numbersOrNone },
    },
    exemplars: { type: 'array', items: exemplar },
  },
} as const;

/** Figures of what happened. */
export const metricRoutes = {
  red: {
    method: 'get', path: '/v1/metrics/red', access: 'viewer', public: true,
    about: 'Requests, errors and durations by service, route, edge or SQL statement. Counts are exact; quantiles are those of Prometheus\' histogram_quantile(); an error is a 5xx, no answer, or a failed operation. Durations in seconds.',
    query: {
      type: 'object', additionalProperties: false, required: ['by'],
      properties: { by: { enum: ['service', 'route', 'edge', 'query'] }, service: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' }, ...range },
    },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['by', 'from', 'to', 'step', 'resolution', 'keptSeconds', 'source', 'groups', 'omitted'],
        properties: { by: { enum: ['service', 'route', 'edge', 'query'] }, ...which, source, groups: { type: 'array', items: red }, omitted: { type: 'integer' } },
      },
    },
  },
  metricSeries: {
    method: 'get', path: '/v1/metrics/series', access: 'viewer', public: true,
    about: 'One family, series by series: increase per second of counters and histograms (whose p99 comes along), mean of gauges.',
    query: {
      type: 'object', additionalProperties: false, required: ['name'],
      properties: {
        name: word, service: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' },
        /** `http_route=/v1/things,http_request_method=GET`: all must match. */
        where: { type: 'string', maxLength: 500, pattern: '^[a-zA-Z_][a-zA-Z0-9_]*=[^,]*(,[a-zA-Z_][a-zA-Z0-9_]*=[^,]*)*$' },
        ...range,
      },
    },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['name', 'from', 'to', 'step', 'resolution', 'keptSeconds', 'source', 'series', 'omitted'],
        properties: {
          name: { type: 'string' }, ...which, source, omitted: { type: 'integer' },
          series: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['service', 'kind', 'labels', 'at', 'value', 'p99'],
              properties: { service: { type: 'string' }, kind: { enum: ['counter', 'gauge', 'histogram'] }, labels, at: numbers, value: numbersOrNone, p99: numbersOrNone },
            },
          },
        },
      },
    },
  },
  metricNames: {
    method: 'get', path: '/v1/metrics/names', access: 'viewer', public: true,
    about: 'Families that are kept, how the last look at each workload went, and what was left out.',
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['names', 'looks', 'resolutions'],
        properties: {
          names: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['name', 'kind', 'services', 'series'],
              properties: { name: { type: 'string' }, kind: { enum: ['counter', 'gauge', 'histogram'] }, services: { type: 'array', items: { type: 'string' } }, series: { type: 'integer' } },
            },
          },
          looks: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['target', 'at', 'tookMs', 'bytes', 'series', 'refused', 'leftOut', 'error'],
              properties: {
                target: { type: 'string' }, at: numberOrNone, tookMs: { type: 'number' }, bytes: { type: 'integer' }, series: { type: 'integer' }, refused: { type: 'integer' },
                leftOut: { type: 'array', items: { type: 'string' } }, error: { type: ['string', 'null'] },
              },
            },
          },
          resolutions: {
            type: 'array',
            items: { type: 'object', additionalProperties: false, required: ['seconds', 'keptSeconds'], properties: { seconds: { type: 'integer' }, keptSeconds: { type: 'integer' } } },
          },
        },
      },
    },
  },
  metricsLive: {
    method: 'get', path: '/v1/metrics/live', access: 'viewer', public: true, stream: true,
    about: 'Once a second an event of type `second`: requests, errors and durations of that second by service, route, edge and SQL statement.',
    answers: { 200: null },
  },
  edges: {
    method: 'get', path: '/v1/edges', access: 'viewer', public: true,
    about: 'Who was seen to use what: by what callers measured and by what callees counted. Reference null: the call went around the kit, so nothing declares it.',
    query: { type: 'object', additionalProperties: false, properties: { from: range.from, to: range.to } },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['from', 'to', 'resolution', 'keptSeconds', 'source', 'edges'],
        properties: {
          from: which.from, to: which.to, resolution: which.resolution, keptSeconds: which.keptSeconds, source,
          edges: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['caller', 'callee', 'kind', 'reference', 'requests', 'errors', 'p99', 'lastSeen', 'seenBy'],
              properties: {
                caller: { type: 'string' }, callee: { type: 'string' }, kind: { enum: ['call', 'database', 'cache', 'publish', 'consume', 'backing'] },
                reference: { type: ['string', 'null'] }, requests: { type: 'number' }, errors: { type: 'number' }, p99: numberOrNone, lastSeen: { type: 'number' },
                seenBy: { enum: ['caller', 'callee', 'both'] },
              },
            },
          },
        },
      },
    },
  },
} as const satisfies RouteSet;
