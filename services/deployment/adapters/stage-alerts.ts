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
/** An alert that fires always, to show that alerts arrive, has this severity (kube-prometheus: Watchdog). */
const NEVER = 'severity!="none"';

/**
 * `own:` is nobody. `https://user:password@host/base?namespace=journey-{environment}` is an Alertmanager (API v2), and what stands behind the `?` are
 * the labels that alerts of an environment have.
 * @throws {Error} when the URL says nothing of the environment: the alerts of all would be those of each
 */
export function openStageAlerts(kit: Pick<Kit, 'call'>, { url, reference }: Connection<'alerts'>): StageAlerts {
  const parsed = new URL(url.reveal());
  if (parsed.protocol === 'own:') return { watched: false, firing: () => Promise.resolve(null) };
  const labels = [...parsed.searchParams];
  if (!labels.some(([, value]) => value.includes(PLACE))) throw new Error(`The URL of ${reference} does not say which alerts belong to an environment: end it with a label, as in ?namespace=journey-${PLACE}.`);
  const headers = credentialsOf(parsed, reference);
  const endpoint: Endpoint = { service: 'alertmanager', url: new URL(parsed.pathname, parsed.origin), reference };
  const refused = ({ status }: CallAnswer): Problem => problem('upstream_unavailable', `The Alertmanager at ${reference} answered ${status}.`, {
    at: 'deployment', fix: status === 401 || status === 403 ? `Correct the user and password, or the token, in the URL of ${reference}.` : 'Look at the Alertmanager itself.',
  });
  return {
    watched: true,
    async firing(environment) {
      const query = new URLSearchParams([['active', 'true'], ['silenced', 'false'], ['inhibited', 'false'], ['unprocessed', 'false'], ['filter', NEVER]]);
      for (const [label, value] of labels) query.append('filter', `${label}=${JSON.stringify(value.replaceAll(PLACE, environment))}`);
      const { body } = await kit.call(endpoint, { method: 'GET', path: `/api/v2/alerts?${query}`, headers, timeoutMs: 5000, maxBytes: 8 * 1024 * 1024, refused });
      if (!isAlerts(body)) throw problem('upstream_unavailable', `The Alertmanager at ${reference} answered in a way it should not: no list of alerts.`, { at: 'deployment' });
      return body.map(({ labels, startsAt }) => ({ name: textOf(labels['alertname']), workload: textOf(labels['workload'] ?? labels['job'] ?? labels['service']), since: startsAt }));
    },
  };
}

interface Alert { readonly labels: Readonly<Record<string, unknown>>; readonly startsAt: string }
function isAlerts(body: unknown): body is readonly Alert[] {
  return Array.isArray(body) && body.every((one: unknown) => typeof one === 'object' && one !== null && 'labels' in one && typeof one.labels === 'object' && one.labels !== null && 'startsAt' in one && typeof one.startsAt === 'string');
}
const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '');
