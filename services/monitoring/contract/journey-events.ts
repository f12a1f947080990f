import type { RouteSet } from '../../kit/contract.ts';

/** By itself, so that a page which only opens it does not load what the API says of it. */
export const journeyEventsPath = '/v1/journeys/:traceId/events';

/** One request while it travels. */
export const journeyEventRoutes = {
  journeyEvents: {
    method: 'get', path: journeyEventsPath, access: 'viewer', public: true, stream: true,
    about: 'One request while it travels: events of type `journey`, each as the journey itself, with hops and logs that are new and all hops that are under way.',
    params: { type: 'object', required: ['traceId'], properties: { traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' } } },
    answers: { 200: null },
  },
} as const satisfies RouteSet;
