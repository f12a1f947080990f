import type { ClusterEnvironment } from '../platform/model/index.ts';

/**
 * When changes of an environment may be synced; none where it takes them always. Outside of it nothing happens by itself, healing neither.
 * A person, or the deployment service for a person, may still sync by hand: a rollback at night must not wait for Monday.
 */
export function windowsOf({ delivery: { window } }: ClusterEnvironment, applications: readonly string[]) {
  if (!window) return [];
  return [{
    kind: 'allow', schedule: window.schedule, duration: `${window.hours}h`, timeZone: window.timeZone, applications: [...applications], manualSync: true,
  }];
}
