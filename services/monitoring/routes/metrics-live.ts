import type { ServerEvent } from '../../kit/event-stream.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { openLatest } from '../../kit/latest.ts';
import type { Ring } from '../adapters/metric-ring.ts';
import { familiesOf, redOf, type By, type Red } from '../domain/red.ts';

/** One second of one group. */
type Now = Pick<Red, 'key' | 'labels' | 'requests' | 'errors' | 'refused' | 'p50' | 'p95' | 'p99' | 'mean' | 'exemplars'>;
type Second = Readonly<Record<By, readonly Now[]>> & { readonly at: number };

const ALL: readonly By[] = ['service', 'route', 'edge', 'query'];
const MOST = 100;
/** A look that began in a second may end in the next one. */
const LATE = 2;

/** GET /v1/metrics/live: each second once, a little late. Made only while somebody looks, and once for all who do. */
export function openLive(ring: Pick<Ring, 'read'>, now = () => Math.floor(Date.now() / 1000)) {
  const latest = openLatest<Second>();
  let told = 0;
  const timer = setInterval(() => {
    const at = now() - LATE;
    if (latest.followers === 0 || at === told) return;
    told = at;
    latest.set(secondOf(ring, at));
  }, 250).unref();
  return {
    stop: () => clearInterval(timer),
    handler: ({ signal }: RouteRequest): Promise<Answer> => Promise.resolve({ status: 200, events: events(latest.follow(signal)) }),
  };
}

async function* events(seconds: AsyncIterable<Second>): AsyncGenerator<ServerEvent, void, void> {
  for await (const second of seconds) yield { id: String(second.at), event: 'second', data: second };
}

function secondOf(ring: Pick<Ring, 'read'>, at: number): Second {
  const of = (by: By): readonly Now[] => redOf(by, ring.read(new Set(familiesOf[by]), at, at + 1), { from: at, to: at + 1, step: 1 })
    .slice(0, MOST).map(({ series: _series, rate: _rate, errorRate: _errorRate, ...now }) => now);
  const [service = [], route = [], edge = [], query = []] = ALL.map(of);
  return { at: at * 1000, service, route, edge, query };
}
