import type { RouteSet } from '../../kit/contract.ts';

const traceId = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const source = { enum: ['own', 'jaeger'] } as const;

/** Requests. */
export const journeyListRoutes = {
  journeys: {
    method: 'get', path: '/v1/journeys', access: 'viewer', public: true,
    about: 'Requests through the gateway and traces of other programs, newest first: those that fit, 50 unless `limit` says more.',
    query: {
      type: 'object', additionalProperties: false,
      properties: {
        /** Some hop of it is of this service. */
        service: { type: 'string', minLength: 1, maxLength: 100 },
        /** As the gateway names it: `POST /v1/deployments`. */
        route: { type: 'string', minLength: 1, maxLength: 300 },
        status: { enum: ['ok', 'error'] },
        /** Only demo traffic, or all but it; it says of itself what it is. */
        traffic: { enum: ['demo', 'other'] },
        minMs: { type: 'number', minimum: 0, maximum: 1e9 }, maxMs: { type: 'number', minimum: 0, maximum: 1e9 },
        /** A substring of the name, message or attributes of some hop, or of some line. */
        text: { type: 'string', minLength: 1, maxLength: 200 },
        from: { type: 'integer', minimum: 0, maximum: 4_102_444_800_000 }, to: { type: 'integer', minimum: 0, maximum: 4_102_444_800_000 },
        limit: { type: 'integer', minimum: 1, maximum: 200 },
        /** `next` of the answer before. */
        before: { type: 'string', pattern: '^\\d{1,19}-[0-9a-f]{32}$' },
      },
    },
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['journeys', 'next', 'source'],
        properties: {
          source,
          next: { type: ['string', 'null'] },
          journeys: {
            type: 'array',
            items: {
              type: 'object', additionalProperties: false, required: ['traceId', 'name', 'startedAt', 'durationMs', 'hops', 'status', 'demo'],
              properties: {
                traceId, name: { type: 'string' }, startedAt: { type: 'number' }, durationMs: { type: 'number' },
                hops: { type: 'integer' }, status: { enum: ['ok', 'error'] }, demo: { type: 'boolean' },
              },
            },
          },
        },
      },
    },
  },
} as const satisfies RouteSet;
