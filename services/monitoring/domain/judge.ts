import type { Alert, JudgedAlert } from './alert.ts';
import { inhibitedBy } from './inhibition.ts';
import { fits, isOn, type Silence } from './silence.ts';

/** Which alerts are silenced, acknowledged or made idle by another one. */
export function judge(alerts: readonly Alert[], silences: readonly Silence[], now: number): readonly JudgedAlert[] {
  const on = silences.filter((silence) => isOn(silence, now));
  const firing = alerts.filter(({ phase }) => phase === 'firing');
  return alerts.map((alert): JudgedAlert => {
    const fitting = on.filter((silence) => fits(silence, alert.labels));
    const of = (kind: Silence['kind']) => fitting.filter((one) => one.kind === kind).map(({ id }) => id);
    return { ...alert, silencedBy: of('silence'), acknowledgedBy: of('acknowledgement'), inhibitedBy: inhibitedBy(alert, firing) };
  });
}
