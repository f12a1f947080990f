import type { RouteSet } from '../../kit/contract.ts';

const params = { type: 'object', required: ['traceId'], properties: { traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' } } } as const;
const groups = { type: 'array', maxItems: 1000 } as const;

/** Journeys as other programs read and write them. */
export const exchangeRoutes = {
  journeyOtlp: {
    method: 'get', path: '/v1/journeys/:traceId/otlp', access: 'viewer', public: true,
    about: 'One request as OTLP JSON (opentelemetry-proto ExportTraceServiceRequest); with logs=true its lines stand beside the spans.',
    params,
    query: { type: 'object', additionalProperties: false, properties: { logs: { type: 'boolean' } } },
    answers: { 200: { type: 'object', additionalProperties: false, required: ['resourceSpans'], properties: { resourceSpans: { type: 'array', items: { type: 'object' } }, resourceLogs: { type: 'array', items: { type: 'object' } } } } },
  },
  importJourney: {
    method: 'post', path: '/v1/journeys/import', access: 'operator', public: true, maxBytes: 4_194_304,
    about: 'Takes OTLP JSON as it is exported. What is there stays as it is; what is older than the retention is refused.',
    body: { type: 'object', additionalProperties: false, required: ['resourceSpans'], properties: { resourceSpans: groups, resourceLogs: groups } },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['traceIds', 'spans', 'lines', 'refused', 'why'],
        properties: {
          traceIds: { type: 'array', items: { type: 'string' } },
          /** Newly written ones. */
          spans: { type: 'integer' }, lines: { type: 'integer' },
          refused: { type: 'integer' }, why: { type: ['string', 'null'] },
        },
      },
    },
  },
  jaegerTrace: {
    method: 'get', path: '/v1/jaeger/api/traces/:traceId', access: 'viewer', public: true,
    about: 'One request as Jaeger\'s query API answers it: the base URL of a Jaeger client is …/v1/jaeger.',
    params,
    answers: { 200: { type: 'object', additionalProperties: true, required: ['data'], properties: { data: { type: 'array', items: { type: 'object' } } } } },
  },
} as const satisfies RouteSet;
