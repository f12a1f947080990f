import type { RouteSet } from '../../kit/contract.ts';

const traceId = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const source = { enum: ['own', 'jaeger'] } as const;
/** Only where there are any. */
const extras = {
  events: {
    type: 'array',
    items: {
      type: 'object', additionalProperties: false, required: ['offsetMs', 'name', 'attributes'],
      /** Since the hop began, with a fraction; negative where a clock was set back. */
      properties: { offsetMs: { type: 'number' }, name: { type: 'string' }, attributes: { type: 'object' } },
    },
  },
  links: {
    type: 'array',
    items: {
      type: 'object', additionalProperties: false, required: ['traceId', 'spanId', 'attributes'],
      properties: { traceId, spanId: { type: 'string' }, attributes: { type: 'object' } },
    },
  },
  /** How many there were more, at the sender and here. */
  dropped: { type: 'object', additionalProperties: false, properties: { attributes: { type: 'integer' }, events: { type: 'integer' }, links: { type: 'integer' } } },
} as const;
const hop = {
  type: 'object', additionalProperties: false,
  required: ['spanId', 'parentId', 'service', 'name', 'kind', 'startedAt', 'durationMs', 'status', 'attributes'],
  properties: {
    spanId: { type: 'string' }, parentId: { type: ['string', 'null'] }, service: { type: 'string' }, name: { type: 'string' },
    kind: { enum: ['server', 'client', 'internal', 'producer', 'consumer'] },
    /** Unix time in milliseconds, with a fraction. */
    startedAt: { type: 'number' }, durationMs: { type: 'number' },
    status: { enum: ['ok', 'error'] }, message: { type: 'string' },
    attributes: { type: 'object' }, ...extras,
  },
} as const;
const openHop = {
  type: 'object', additionalProperties: false,
  required: ['spanId', 'parentId', 'service', 'name', 'kind', 'startedAt', 'attributes'],
  properties: {
    spanId: hop.properties.spanId, parentId: hop.properties.parentId, service: hop.properties.service, name: hop.properties.name,
    kind: hop.properties.kind, startedAt: hop.properties.startedAt, attributes: hop.properties.attributes, ...extras,
  },
} as const;
const log = {
  type: 'object', additionalProperties: false, required: ['at', 'service', 'level', 'message', 'spanId'],
  properties: {
    at: { type: 'number' }, service: { type: 'string' }, level: { type: 'string' }, message: { type: 'string' },
    spanId: { type: ['string', 'null'] },
    /** Of the error that it is about, and of what caused it. */
    stack: { type: 'string' },
  },
} as const;

/** One request, hop by hop. Apart from the list: a page that lists requests does not load what a hop is. */
export const journeyRoutes = {
  journey: {
    method: 'get', path: '/v1/journeys/:traceId', access: 'viewer', public: true,
    about: 'One request: its hops, parents before children, its logs, whether it is one connected tree, and how much of it is left out.',
    params: { type: 'object', required: ['traceId'], properties: { traceId } },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['traceId', 'connected', 'hops', 'open', 'logs', 'omitted', 'sources'],
        properties: {
          traceId,
          /** Null: spans were left out, so that nobody can say. */
          connected: { type: ['boolean', 'null'] },
          hops: { type: 'array', items: hop }, open: { type: 'array', items: openHop }, logs: { type: 'array', items: log },
          /** How many more there are of them, at least: the first 10,000 spans and 5,000 lines are told, of large ones fewer. */
          omitted: {
            type: 'object', additionalProperties: false, required: ['spans', 'logs'],
            properties: { spans: { type: 'integer', minimum: 0 }, logs: { type: 'integer', minimum: 0 } },
          },
          /** Where they were read: another source has a line when it was shipped there, and Jaeger a hop when it ended. */
          sources: {
            type: 'object', additionalProperties: false, required: ['hops', 'logs'],
            properties: { hops: source, logs: { enum: ['own', 'opensearch'] } },
          },
        },
      },
    },
  },
} as const satisfies RouteSet;
