import type { AlertRule } from '../domain/alert-rule.ts';
import type { AlertReadings } from '../domain/alert-readings.ts';
import type { Seen } from '../domain/health.ts';
import type { Measured } from '../domain/red.ts';
import type { Metrics } from './metrics-port.ts';

const REQUESTS = ['http_server_request_duration_seconds'];

/** Reads each window once for all rules; long ones, which change slowly and are read from the store, not at every look. */
export function openAlertFigures(metrics: Metrics, health: () => readonly Seen[]) {
  const remembered = new Map<number, { readonly until: number; readonly measured: readonly Measured[] }>();

  async function windowOf(seconds: number, now: number): Promise<readonly Measured[]> {
    const kept = remembered.get(seconds);
    if (kept && kept.until > now) return kept.measured;
    const to = Math.floor(now / 1000) + 1;
    const { measured } = await metrics.read(REQUESTS, to - seconds, to);
    const fresh = seconds < 600 ? 0 : seconds < 86_400 ? 20_000 : 120_000;
    if (fresh > 0) remembered.set(seconds, { until: now + fresh, measured });
    return measured;
  }
  return async (rules: readonly AlertRule[], now: number): Promise<AlertReadings> => {
    const windows = new Map<number, readonly Measured[]>();
    for (const seconds of new Set(rules.flatMap(windowsOf))) windows.set(seconds, await windowOf(seconds, now));
    const seen = new Map(health().map((one) => [one.name, one.health]));
    return {
      now, requests: (seconds) => windows.get(seconds) ?? [],
      isUp(workload) {
        const one = seen.get(workload);
        return one === undefined || one === 'Unknown' ? undefined : one === 'Healthy';
      },
    };
  };
}

const windowsOf = ({ burn, what, windowSeconds }: AlertRule): readonly number[] => (burn ? [burn.longSeconds, burn.shortSeconds] : what === 'absent' || what === 'test' ? [] : [windowSeconds]);
