import { credentialsOf } from '../../kit/adapters/credentials.ts';
import type { CallAnswer } from '../../kit/client.ts';
import type { Connection, Endpoint } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { problem, type Problem } from '../../kit/problem.ts';
import type { Firing } from '../domain/stage.ts';

/** What fires where a release comes from. */
export interface StageAlerts {
  /** Does anybody watch? */
  readonly watched: boolean;
  /** Without what is silenced or inhibited. Null when nobody watches. @throws Problem while the server does not answer */
  firing(environment: string): Promise<readonly Firing[] | null>;
}

/** What stands in the URL's search for the environment that is asked about. */
const PLACE = '{environment}';
/** What our own rules say of themselves (platform/targets/observability/alert.ts). */
const OURS: readonly (readonly [string, string])[] = [['environment', PLACE]];
/** No label: for how many seconds an Alertmanager must have run. It forgets what fires when it starts, and is told again within a minute by default (Prometheus: --rules.alert.resend-delay). */
const SETTLED = 'settled';
const SETTLED_SECONDS = 120;
const PATIENCE_MS = 2000;
/** Those who ask at the same moment share one answer. */
const SHARED_MS = 1000;
/** An alert that fires always, to show that alerts arrive, has this severity (kube-prometheus: Watchdog). */
const NEVER = 'severity!="none"';

/**
 * `own:` is nobody. `https://user:password@host/base` is an Alertmanager (API v2) with alerts of our own rules, which are labelled `environment`; others
 * may be told by `?namespace=journey-{environment}`.
 * @throws {Error} when such labels say nothing of the environment: the alerts of all would be those of each
 */
export function openStageAlerts(kit: Pick<Kit, 'call'>, { url, reference }: Connection<'alerts'>): StageAlerts {
  const parsed = new URL(url.reveal());
  if (parsed.protocol === 'own:') return { watched: false, firing: () => Promise.resolve(null) };
  const given = [...parsed.searchParams].filter(([label]) => label !== SETTLED);
  const labels = given.length === 0 ? OURS : given;
  const settledMs = Number(parsed.searchParams.get(SETTLED) ?? SETTLED_SECONDS) * 1000;
  if (!Number.isFinite(settledMs)) throw new Error(`The URL of ${reference} has a "${SETTLED}" that is no number of seconds.`);
  const shared = new Map<string, { readonly at: number; readonly value: Promise<readonly Firing[]> }>();
  if (!labels.some(([, value]) => value.includes(PLACE))) throw new Error(`The URL of ${reference} does not say which alerts belong to an environment: end it with a label, as in ?environment=${PLACE}, or with none.`);
  const headers = credentialsOf(parsed, reference);
  const endpoint: Endpoint = { service: 'alertmanager', url: new URL(parsed.pathname, parsed.origin), reference };
  const odd = (what: string): Problem => problem('upstream_unavailable', `The Alertmanager at ${reference} answered in a way it should not: ${what}.`, { at: 'deployment' });
  const refused = ({ status }: CallAnswer): Problem => problem('upstream_unavailable', `The Alertmanager at ${reference} answered ${status}.`, {
    at: 'deployment', fix: status === 401 || status === 403 ? `Correct the user and password, or the token, in the URL of ${reference}.` : 'Look at the Alertmanager itself.',
  });
  const ask = async (path: string): Promise<unknown> => (await kit.call(endpoint, { method: 'GET', path, headers, timeoutMs: PATIENCE_MS, maxBytes: 8 * 1024 * 1024, refused })).body;
  async function read(environment: string): Promise<readonly Firing[]> {
    const query = new URLSearchParams([['active', 'true'], ['silenced', 'false'], ['inhibited', 'false'], ['unprocessed', 'false'], ['filter', NEVER]]);
    for (const [label, value] of labels) query.append('filter', `${label}=${JSON.stringify(value.replaceAll(PLACE, environment))}`);
    const [body, status] = await Promise.all([ask(`/api/v2/alerts?${query}`), ask('/api/v2/status')]);
    if (!isAlerts(body)) throw odd('no list of alerts');
    const ran = Date.now() - startOf(status);
    if (Number.isNaN(ran)) throw odd('no time of its start');
    if (ran < settledMs) throw problem('unavailable', `The Alertmanager at ${reference} has run for ${Math.max(0, Math.round(ran / 1000))} of ${settledMs / 1000} s: what fires is told to it anew.`, { at: 'deployment', fix: 'Wait a moment.' });
    return body.map(({ labels, startsAt }) => ({ name: textOf(labels['alertname']), workload: textOf(labels['workload'] ?? labels['job'] ?? labels['service']), since: startsAt, severity: textOf(labels['severity']) }));
  }
  return {
    watched: true,
    firing(environment) {
      const known = shared.get(environment);
      if (known && performance.now() - known.at < SHARED_MS) return known.value;
      const value = read(environment);
      shared.set(environment, { at: performance.now(), value });
      return value;
    },
  };
}

interface Alert { readonly labels: Readonly<Record<string, unknown>>; readonly startsAt: string }
function isAlerts(body: unknown): body is readonly Alert[] {
  return Array.isArray(body) && body.every((one: unknown) => typeof one === 'object' && one !== null && 'labels' in one && typeof one.labels === 'object' && one.labels !== null && 'startsAt' in one && typeof one.startsAt === 'string');
}
/** Unix milliseconds; NaN when it does not say. */
function startOf(status: unknown): number {
  const uptime: unknown = typeof status === 'object' && status !== null ? Reflect.get(status, 'uptime') : undefined;
  return typeof uptime === 'string' ? Date.parse(uptime) : Number.NaN;
}
const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '');
