import { monitoring } from '../../../services/monitoring/contract.ts';
import type { Figures, Group, ObservedEdge } from '../../api/metrics.ts';
import { graphOf } from './manifests.ts';
import { on, Refusal, signedIn, traceIdNow, type Answer, type Asked } from './refusal.ts';

const { routes } = monitoring;
const services = ['gateway', 'auth', 'deployment', 'configuration', 'monitoring', 'notification', 'dashboard'];
const exemplar = (at: number) => ({ at, seconds: 0.8, traceId: 'ab'.repeat(16) });

/** Figures of the fake: the same arithmetic whoever asks. For `away@localhost` all of it is refused; for `empty@localhost` nothing happened. */
export function metrics(): readonly Answer[] {
  return [
    on(routes.red, (asked) => {
      const { empty } = looking(asked);
      const which = whichOf(asked);
      const by = byOf(asked.query['by']);
      const groups = labelsOf(by).filter(({ service, caller }) => !asked.query['service'] || asked.query['service'] === (service ?? caller));
      return { by, ...which, groups: empty ? [] : groups.map((labels, index) => groupOf(labels, index, which)), omitted: 0 };
    }),
    on(routes.edges, (asked) => {
      const { empty } = looking(asked);
      const { step: _, ...which } = whichOf(asked);
      return { ...which, edges: empty ? [] : observed(which.to) };
    }),
    on(routes.metricNames, (asked) => {
      looking(asked);
      return {
        names: [{ name: 'http_server_request_duration_seconds', kind: 'histogram' as const, services, series: 42 }, { name: 'nodejs_eventloop_lag_seconds', kind: 'gauge' as const, services, series: 7 }],
        looks: services.map((target) => ({ target, at: Date.now() - 900, tookMs: 4, bytes: 20_000, series: 120, refused: 0, leftOut: [], error: null })),
        resolutions: [{ seconds: 1, keptSeconds: 600 }, { seconds: 10, keptSeconds: 86_400 }, { seconds: 60, keptSeconds: 604_800 }, { seconds: 3600, keptSeconds: 7_776_000 }],
      };
    }),
    on(routes.metricSeries, (asked) => {
      const { empty } = looking(asked);
      const which = whichOf(asked);
      const at = timesOf(which);
      return { name: String(asked.query['name']), ...which, omitted: 0, series: empty ? [] : services.slice(0, 3).map((service, index) => ({ service, kind: 'gauge' as const, labels: {}, at: [...at], value: at.map((each) => (index + 1) * (1 + (each / 1000) % 7)), p99: [] })) };
    }),
    on(routes.metricsLive, (asked) => {
      const { empty } = looking(asked);
      const { response } = asked;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      const tell = () => {
        const at = Math.floor(Date.now() / 1000) * 1000 - 2000;
        const of = (by: Figures['by']) => (empty ? [] : labelsOf(by).map((labels, index) => ({ ...groupOf(labels, index, { from: at, to: at + 1000, step: 1 }), series: undefined, rate: undefined })));
        response.write(`event: second\ndata: ${JSON.stringify({ at, service: of('service'), route: of('route'), edge: of('edge'), query: of('query') })}\n\n`);
      };
      tell();
      const timer = setInterval(tell, 1000);
      response.once('close', () => clearInterval(timer));
      return null;
    }),
  ];
}

function looking({ person }: Asked): { readonly empty: boolean } {
  const { name } = signedIn(person);
  if (name === 'away@localhost') throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: 'monitoring cannot be reached.', fix: 'Start the service that `at` names, or wait until it is ready.', at: 'monitoring', traceId: traceIdNow() });
  return { empty: name === 'empty@localhost' };
}

interface Which { readonly from: number; readonly to: number; readonly step: number }
function whichOf({ query }: Asked): Which & Pick<Figures, 'source' | 'resolution' | 'keptSeconds'> {
  const to = Number(query['to'] ?? Date.now());
  const from = Number(query['from'] ?? to - 300_000);
  return { from, to, source: 'own', step: Number(query['step'] ?? Math.max(1, Math.round((to - from) / 300_000))), resolution: to - from > 600_000 ? 10 : 1, keptSeconds: to - from > 600_000 ? 86_400 : 600 };
}
const timesOf = ({ from, to, step }: Which) => Array.from({ length: Math.ceil((to - from) / 1000 / step) }, (_, index) => from + index * step * 1000);
const byOf = (text: string | undefined): Figures['by'] => (text === 'route' || text === 'edge' || text === 'query' ? text : 'service');

type Labels = Readonly<Record<string, string>>;
function labelsOf(by: Figures['by']): readonly Labels[] {
  switch (by) {
    case 'service': return services.slice(0, 6).map((service) => ({ service }));
    case 'route': return [{ service: 'gateway', method: 'POST', route: '/v1/deployments' }, { service: 'gateway', method: 'GET', route: '/v1/journeys' }, { service: 'auth', method: 'POST', route: '/v1/tokens' }, { service: 'deployment', method: 'POST', route: '/v1/deployments' }];
    case 'query': return [{ service: 'deployment', reference: 'deployment.DATABASE', query: 'INSERT deployments' }, { service: 'deployment', reference: 'deployment.EVENTS', query: 'UPDATE job' }, { service: 'auth', reference: 'auth.DATABASE', query: 'SELECT people' }];
    case 'edge': return observed(0).map(({ caller, callee, reference }) => ({ caller, callee, reference: reference ?? '' }));
  }
}

/** Requests fall with the place in the list; the second group fails now and then. */
function groupOf(labels: Labels, index: number, which: Which): Group {
  const seconds = Math.max(1, (which.to - which.from) / 1000);
  const requests = Math.round(seconds * (12 / (index + 1)));
  const errors = index === 1 ? Math.round(requests / 20) : 0;
  const at = timesOf(which);
  const wave = (each: number) => 1 + 0.3 * Math.sin(each / 20_000 + index);
  return {
    key: Object.values(labels).join(' '), labels, requests, errors, refused: index === 0 ? Math.round(requests / 50) : 0, rate: requests / seconds, errorRate: requests === 0 ? 0 : errors / requests,
    p50: 0.004 * (index + 1), p95: 0.012 * (index + 1), p99: index === 5 ? null : 0.021 * (index + 1), mean: 0.005 * (index + 1),
    series: { at, rate: at.map((each) => (12 / (index + 1)) * wave(each)), errors: at.map((each) => (index === 1 ? 0.6 * wave(each) : 0)), p99: at.map((each) => 0.021 * (index + 1) * wave(each)) },
    exemplars: index === 0 ? [exemplar(which.to - Math.min(60_000, (seconds * 1000) / 2))] : [],
  };
}

/** All that the graph declares but the mail; and one call that goes around it. */
function observed(now: number): readonly ObservedEdge[] {
  const declared = graphOf('local').edges.filter(({ reference }) => !['notification.MAIL', 'gateway.MONITORING_URL'].includes(reference)).map(({ reference, from, to, kind }, index): ObservedEdge => ({
    caller: from, callee: kind === 'backing' ? reference : to, kind: kind !== 'backing' ? 'call' : 'database', reference: reference === 'dashboard.GATEWAY_URL' ? null : reference,
    requests: 2200 - index * 40, errors: index === 3 ? 24 : 0, p99: reference === 'dashboard.GATEWAY_URL' ? null : 0.003 * (index + 1), lastSeen: Math.max(0, now - 4000), seenBy: reference === 'dashboard.GATEWAY_URL' ? 'callee' : 'both',
  }));
  return [...declared, { caller: 'configuration', callee: 'auth', kind: 'call', reference: null, requests: 7, errors: 0, p99: null, lastSeen: Math.max(0, now - 9000), seenBy: 'callee' }];
}
