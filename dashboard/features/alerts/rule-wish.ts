import type { AlertRule, RuleWish } from '../../api/alerts.ts';
import { alertTexts as said } from '../../ui/texts/alerts.ts';

/** People write per cent and milliseconds; rules hold shares and seconds. */
export const scaleOf = (what: AlertRule['what']): number => (what === 'errorShare' ? 100 : what === 'p99' ? 1000 : 1);

export function wishOf(form: FormData): RuleWish {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const asked = text('what');
  const what = asked === 'p99' || asked === 'requestRate' || asked === 'absent' ? asked : 'errorShare';
  return {
    name: text('name'), what, workload: text('workload'), ...(text('route') === '' ? {} : { route: text('route') }), comparison: text('comparison') === 'below' ? 'below' : 'above',
    threshold: Number(text('threshold')) / scaleOf(what), windowSeconds: Number(text('windowSeconds')) || 60, forSeconds: Number(text('forSeconds')), keepFiringSeconds: Number(text('keepFiringSeconds')),
    severity: text('severity') === 'page' ? 'page' : 'ticket',
  };
}

export function valueText(what: AlertRule['what'], value: number | null): string {
  if (value === null) return said.nothing;
  const shown = Number((value * scaleOf(what)).toPrecision(3));
  return what === 'errorShare' ? `${shown}%` : what === 'p99' ? `${shown} ms` : String(shown);
}
