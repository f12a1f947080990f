import { short } from './fact.ts';
import type { LiveEnvironment, LiveWorkload } from './live.ts';

export interface StageCase {
  /** The environment that the releases come from. */
  readonly environment: string;
  /** What its engine sees; null when nothing watches it. */
  readonly live: LiveEnvironment | null;
  /** What is to travel. */
  readonly wanted: readonly { readonly workload: string; readonly release: string }[];
  readonly soakMinutes: number;
  /** What fires there; null when nobody watches it (then an admin has to look: merge-rule.ts). */
  readonly firing: readonly Firing[] | null;
  /** Unix time in milliseconds. */
  readonly now: number;
}

/** An alert that fires, is not silenced and not inhibited. */
export interface Firing {
  readonly name: string;
  /** Empty when it does not say. */
  readonly workload: string;
  /** RFC 3339. */
  readonly since: string;
  /** Empty when it does not say. */
  readonly severity: string;
}
/** So many are named. */
const NAMED = 5;

/** What keeps a release from travelling on: each a sentence that says what to do. Empty: it was seen to be good there. */
export function stageHindrances({ environment, live, wanted, soakMinutes, firing, now }: StageCase): readonly string[] {
  const alerts = alertHindrances(environment, firing ?? []);
  if (live === null) return [`Nothing watches ${environment}, so nobody can say whether the release is good there: connect its engine.`, ...alerts];
  const workloads = wanted.flatMap(({ workload, release }) => {
    const seen = live.workloads.find(({ name }) => name === workload);
    if (seen === undefined) return [`${live.engine} sees no ${workload} in ${environment}: sync it there first.`];
    return workloadHindrances(environment, seen, release, soakMinutes, now);
  });
  return [...workloads, ...alerts];
}

/** Of every workload: what travels may be why another one suffers. */
function alertHindrances(environment: string, firing: readonly Firing[]): readonly string[] {
  if (firing.length === 0) return [];
  const named = firing.slice(0, NAMED).map(({ name, workload, since }) => `${name}${workload === '' ? '' : ` of ${workload}`} since ${since.slice(0, 16)}Z`);
  const more = firing.length > NAMED ? ` and ${String(firing.length - NAMED)} more` : '';
  return [`${String(firing.length)} alert${firing.length === 1 ? ' fires' : 's fire'} in ${environment}: ${named.join(', ')}${more}. Wait until ${firing.length === 1 ? 'it is' : 'they are'} resolved; what is known and harmless can be silenced there.`];
}

function workloadHindrances(environment: string, seen: LiveWorkload, release: string, soakMinutes: number, now: number): readonly string[] {
  const at = `${seen.name} in ${environment}`;
  // Of another release nothing else counts.
  if (seen.live.release !== release) return [`${at} runs ${short(seen.live.release)} and not ${short(release)}: promote what runs there now.`];
  return [
    ...(seen.sync === 'Synced' ? [] : [`${at} is ${seen.sync}: sync it first.`]),
    ...(seen.health === 'Healthy' ? [] : [`${at} is ${seen.health}${seen.why === undefined ? '' : ` (${seen.why})`}: wait until it is Healthy, or roll it back.`]),
    ...tested(at, seen, soakMinutes),
    ...soak(at, seen, soakMinutes, now),
  ];
}

function tested(at: string, { rollout }: LiveWorkload, soakMinutes: number): readonly string[] {
  if (rollout?.phase !== 'Healthy') return [`${at} has passed no smoke test: its last rollout ${rollout === undefined ? 'is not known' : `is ${rollout.phase}`}. Wait for it, or roll it back.`];
  if (rollout.tested !== false) return [];
  return [`No smoke test of ${at} was seen: its last sync healed or applied a part, and such a one runs none. Sync it there once${soakMinutes === 0 ? '' : `; its ${String(soakMinutes)} minutes begin anew`}.`];
}

function soak(at: string, { since }: LiveWorkload, minutes: number, now: number): readonly string[] {
  if (minutes === 0) return [];
  const began = since === undefined ? Number.NaN : Date.parse(since);
  if (Number.isNaN(began)) return [`Nobody knows since when ${at} runs, and ${String(minutes)} minutes are asked for: sync it there again.`];
  const ran = Math.floor((now - began) / 60_000);
  return ran >= minutes ? [] : [`${at} has run for ${String(Math.max(0, ran))} of ${String(minutes)} minutes: wait.`];
}
