import type { LiveEnvironment, LiveWorkload } from '../domain/live.ts';
import type { Firing } from '../domain/stage.ts';
import type { Ways } from '../ways.ts';

/** Burn rates look back an hour (platform/targets/observability): what a change breaks has shown itself by half of that, and later there are other causes. */
const WATCHED_MS = 30 * 60_000;
/** What wakes somebody: our own rules say `page`, those of others mostly `critical`. */
const PAGES: readonly string[] = ['page', 'critical'];

/**
 * A rollout after whose beginning an alert of its workload began to page has failed, whatever the engine says: an engine in a
 * cluster sees probes, and not what is answered. Where nobody watches alerts, or they cannot be read now, nothing is condemned.
 */
export async function withAlerts({ alerts }: Pick<Ways, 'alerts'>, live: LiveEnvironment): Promise<LiveEnvironment> {
  if (!alerts.watched) return live;
  // Each attempt is a hop of its own that says so.
  const firing = await alerts.firing(live.environment).catch(() => null);
  const paging = (firing ?? []).filter(({ severity }) => PAGES.includes(severity));
  return paging.length === 0 ? live : { ...live, workloads: live.workloads.map((workload) => condemned(workload, paging, live.environment)) };
}

function condemned(workload: LiveWorkload, paging: readonly Firing[], environment: string): LiveWorkload {
  const { name, rollout } = workload;
  if (rollout === undefined || rollout.phase === 'Degraded') return workload;
  const [began, end] = [Date.parse(rollout.startedAt), (rollout.endedAt === undefined ? Date.now() : Date.parse(rollout.endedAt)) + WATCHED_MS];
  const own = paging.filter((one) => one.workload === name && Date.parse(one.since) > began && Date.parse(one.since) <= end);
  const [first] = own.map(({ since }) => since).sort();
  if (first === undefined) return workload;
  const evidence = own.map(({ name: alert, since }) => `${alert} fires for ${name} in ${environment} since ${since.slice(0, 16)}Z, ${String(Math.round((Date.parse(since) - began) / 1000))} s after its rollout began.`);
  return { ...workload, rollout: { ...rollout, phase: 'Degraded', endedAt: first, evidence } };
}
