import type { RouteSet } from '../../kit/contract.ts';

/** One stream for a page that listens to more than one thing. */
export const eventRoutes = {
  events: {
    method: 'get', path: '/v1/events', access: 'viewer', public: true, stream: true,
    about: 'What is new of some topics on one stream; `topics` names them, by commas: hops (that ended; with `traceId` of one journey), logs (that fit `query`), health (a workload is another than before), alerts (the history, as it is written). '
      + 'Each event says its topic. Its id is the place in every topic: a client goes on after Last-Event-ID, or `after`, with nothing missing and nothing twice; where that cannot be, an event `gap` says of which topic and why.',
    query: {
      type: 'object', additionalProperties: false, required: ['topics'],
      properties: {
        topics: { type: 'string', minLength: 1, maxLength: 100 },
        /** The language of GET /v1/logs. */
        query: { type: 'string', maxLength: 500 },
        traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
        /** An id of an earlier event, for a client that asks for other topics now; Last-Event-ID is stronger. */
        after: { type: 'string', minLength: 1, maxLength: 200 },
      },
    },
    answers: { 200: null },
  },
} as const satisfies RouteSet;
