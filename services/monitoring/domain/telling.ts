import type { JudgedAlert } from './alert.ts';

/** What a group's receiver was told, by fingerprint. */
export interface Told { readonly startsAt: number; readonly status: 'firing' | 'resolved' }
export interface Group {
  readonly key: string;
  /** Since when something new waits for its neighbours; null: nothing does. */
  readonly since: number | null;
  readonly notifiedAt: number | null;
  readonly told: Readonly<Record<string, Told>>;
}
export interface Message {
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly JudgedAlert[];
  /** Of the same news; more than 0 for what is told again. */
  readonly repeat: number;
}
export const GROUP_WAIT_MS = 2000;
export const REPEAT_MS = 4 * 3_600_000;

export const newGroup = (key: string): Group => ({ key, since: null, notifiedAt: null, told: {} });

/**
 * What to tell of one group now. Silenced and inhibited alerts are not told to fire. The end is told of whatever was told to fire, also when it
 * was acknowledged or became inhibited since; one that was silenced since is over in silence.
 */
export function tell(group: Group, alerts: readonly JudgedAlert[], now: number): { readonly group: Group; readonly message?: Message } {
  const firing = alerts.filter((alert) => alert.phase === 'firing' && isHeard(alert));
  const over = alerts.filter((alert) => alert.phase !== 'firing' && group.told[alert.fingerprint]?.status === 'firing');
  const isNews = ({ fingerprint, firedAt }: JudgedAlert) => group.told[fingerprint]?.status !== 'firing' || group.told[fingerprint]?.startsAt !== firedAt;
  const heardOver = over.filter(({ silencedBy }) => silencedBy.length === 0);
  const hasNews = firing.some(isNews) || heardOver.length > 0;
  const loud = firing.filter(({ acknowledgedBy }) => acknowledgedBy.length === 0);
  const repeats = !hasNews && loud.length > 0 && group.notifiedAt !== null && now - group.notifiedAt >= REPEAT_MS;
  const quiet = withoutSilenced(group, over.filter(({ silencedBy }) => silencedBy.length > 0));
  if (!hasNews && !repeats) return { group: { ...quiet, since: null } };
  const since = quiet.since ?? now;
  if (!repeats && now - since < GROUP_WAIT_MS) return { group: { ...quiet, since } };
  const told = [...(repeats ? loud : firing), ...heardOver];
  const status = firing.length > 0 ? 'firing' : 'resolved';
  return {
    group: {
      ...quiet, since: null, notifiedAt: now,
      told: { ...without(quiet.told, heardOver), ...Object.fromEntries(firing.map(({ fingerprint, firedAt }) => [fingerprint, { startsAt: firedAt ?? now, status: 'firing' }])) },
    },
    message: { status, alerts: told, repeat: repeats ? Math.round((now - Math.min(...loud.map(({ firedAt }) => firedAt ?? now))) / REPEAT_MS) : 0 },
  };
}

const isHeard = ({ silencedBy, inhibitedBy }: JudgedAlert): boolean => silencedBy.length === 0 && inhibitedBy.length === 0;
const withoutSilenced = (group: Group, silenced: readonly JudgedAlert[]): Group => (silenced.length === 0 ? group : { ...group, told: without(group.told, silenced) });
function without(told: Group['told'], alerts: readonly JudgedAlert[]): Group['told'] {
  const gone = new Set(alerts.map(({ fingerprint }) => fingerprint));
  return Object.fromEntries(Object.entries(told).filter(([fingerprint]) => !gone.has(fingerprint)));
}
