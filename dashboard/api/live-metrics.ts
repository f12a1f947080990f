import { metricRoutes } from '../../services/monitoring/contract/metrics.ts';
import { pathOf } from './ask.ts';
import { followEvents } from './follow-events.ts';
import { conforms, type FromSchema } from './schema.ts';

const numberOrNone = { type: ['number', 'null'] } as const;
const groups = {
  type: 'array',
  items: {
    type: 'object', required: ['key', 'labels', 'requests', 'errors', 'refused', 'p50', 'p95', 'p99', 'exemplars'],
    properties: {
      key: { type: 'string' }, labels: { type: 'object' }, requests: { type: 'number' }, errors: { type: 'number' }, refused: { type: 'number' },
      p50: numberOrNone, p95: numberOrNone, p99: numberOrNone,
      exemplars: { type: 'array', items: { type: 'object', required: ['at', 'seconds', 'traceId'], properties: { at: { type: 'number' }, seconds: { type: 'number' }, traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' } } } },
    },
  },
} as const;
/** What monitoring tells once a second; its contract describes a stream in words only. */
const schema = { type: 'object', required: ['at', 'service', 'route', 'edge', 'query'], properties: { at: { type: 'number' }, service: groups, route: groups, edge: groups, query: groups } } as const;

export type Second = FromSchema<typeof schema>;

/** Follows the figures second by second; what has another form is left out. @returns ends it */
export function followSeconds({ onSecond, onLive }: { readonly onSecond: (second: Second) => void; readonly onLive: (live: boolean) => void }): () => void {
  return followEvents(pathOf(metricRoutes.metricsLive.path, {}), 'second', {
    onLive,
    onData(value) {
      if (conforms(schema, value)) onSecond(value);
    },
  });
}
