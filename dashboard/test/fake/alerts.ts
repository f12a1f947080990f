import { randomUUID } from 'node:crypto';
import { monitoring } from '../../../services/monitoring/contract.ts';
import type { Alert, AlertChange, AlertRule, Silence } from '../../api/alerts.ts';
import { mustHave, on, Refusal, signedIn, traceIdNow, type Answer } from './refusal.ts';

const { routes } = monitoring;
const FIRST = '00000000-0000-4000-8000-000000000001';
const alert = (more: Partial<Alert>): Alert => ({
  rule: FIRST, fingerprint: '0123456789abcdef', name: 'ConfigurationFails', workload: 'configuration', severity: 'page', test: false, state: 'firing', activeAt: Date.now() - 90_000, firedAt: Date.now() - 60_000, resolvedAt: null,
  seenAt: Date.now(), value: 0.4, summary: 'configuration: share of 5xx above 5% over 60 s', labels: { alertname: 'ConfigurationFails' }, silences: [], acknowledgements: [], inhibitedBy: [],
  told: { madeAt: Date.now() - 58_000, sentAt: Date.now() - 58_000, tries: 1, error: null }, ...more,
});
const rule = (more: Partial<AlertRule>): AlertRule => ({
  id: FIRST, origin: 'person', name: 'ConfigurationFails', what: 'errorShare', workload: 'configuration', comparison: 'above', threshold: 0.05, windowSeconds: 60, forSeconds: 30, keepFiringSeconds: 0, severity: 'page',
  summary: 'configuration: share of 5xx above 5% over 60 s', expr: 'sum(rate(http_server_request_duration_seconds_count{job="configuration",http_response_status_code=~"5.."}[60s])) > 0.05', by: 'admin@localhost', updatedAt: Date.now() - 3_600_000, ...more,
});
const model = rule({ id: 'GatewayAbsent', origin: 'model', name: 'GatewayAbsent', what: 'absent', workload: 'gateway', summary: 'gateway has no replica that is ready', expr: 'absent(up{job="gateway"} == 1)', by: null, updatedAt: null });

/** Alerts of the fake: nothing is looked at. A reason `fail-503` and a rule called `Fails` end badly; `clean@localhost` has no alerts, and for `stuck@localhost` nobody has looked at the rules for two minutes. */
export function alerts(): { readonly answers: readonly Answer[]; readonly history: () => readonly AlertChange[] } {
  let [firing, rules, silences, history]: [readonly Alert[], readonly AlertRule[], readonly Silence[], readonly AlertChange[]] = [[alert({})], [rule({})], [], []];
  const note = (change: AlertChange['change'], of: Pick<Alert, 'rule' | 'name' | 'workload'>, person: string | null, reason: string | null) => {
    history = [{ id: history.length + 1, at: Date.now(), rule: of.rule, name: of.name, workload: of.workload, change, value: null, person, reason }, ...history];
  };
  const mayFail = (text: unknown) => {
    if (text === 'fail-503' || text === 'Fails') throw new Refusal({ status: 503, code: 'unavailable', title: 'Something this service needs is away', detail: 'The database of monitoring is away.', fix: 'Look at ./journey status.', at: 'monitoring', traceId: traceIdNow() });
  };
  note('firing', alert({}), null, null);
  const ruleOf = (id: string, body: Readonly<Record<string, unknown>>, by: string): AlertRule => rule({
    id, name: String(body['name']), workload: String(body['workload']), threshold: Number(body['threshold']), forSeconds: Number(body['forSeconds']), severity: body['severity'] === 'page' ? 'page' : 'ticket',
    summary: `${String(body['workload'])}: ${String(body['what'])} over ${String(body['windowSeconds'])} s`, by, updatedAt: Date.now(),
  });
  const answers = [
    on(routes.alerts, ({ person }) => {
      const { name } = signedIn(person);
      return { evaluatedAt: Date.now() - (name === 'stuck@localhost' ? 120_000 : 0), alerts: name === 'clean@localhost' ? [] : firing };
    }),
    on(routes.alertHistory, ({ person }) => ({ entries: signedIn(person).name === 'clean@localhost' ? [] : history.slice(0, 50) })),
    on(routes.alertRules, ({ person }) => signedIn(person) && { rules: [...rules, model], workloads: ['auth', 'configuration', 'gateway'] }),
    on(routes.prometheusRule, ({ person }) => signedIn(person) && { yaml: 'kind: PrometheusRule\n' }),
    on(routes.silences, ({ person }) => signedIn(person) && { silences }),
    on(routes.previewAlertRule, ({ person, body }) => signedIn(person) && { value: 0.4, breached: Number(body['threshold']) < 0.4, requests: 120, expr: rule({}).expr, at: Date.now() }),
    on(routes.createAlertRule, ({ person, body }) => {
      const { name } = mustHave(person, 'operator');
      mayFail(body['name']);
      const made = ruleOf(randomUUID(), body, name);
      rules = [...rules, made];
      return made;
    }),
    on(routes.changeAlertRule, ({ person, params, body }) => {
      const { name } = mustHave(person, 'operator');
      mayFail(body['name']);
      const made = ruleOf(params['id'] ?? '', body, name);
      rules = rules.map((one) => (one.id === made.id ? made : one));
      return made;
    }),
    on(routes.removeAlertRule, ({ person, params }) => {
      mustHave(person, 'operator');
      rules = rules.filter(({ id }) => id !== params['id']);
      return null;
    }),
    on(routes.fireTestAlert, ({ person, body }) => {
      const { name } = mustHave(person, 'operator');
      mayFail(body['reason']);
      const one = alert({ rule: randomUUID(), fingerprint: randomUUID().replaceAll('-', '').slice(0, 16), name: 'TestAlert', workload: 'monitoring', severity: 'ticket', test: true, firedAt: Date.now(), summary: `A test that ${name} fired: ${String(body['reason'])}` });
      firing = [...firing, one];
      note('firing', one, null, null);
      return { rule: one.rule, until: Date.now() + 60_000 };
    }),
    on(routes.acknowledgeAlert, ({ person, params, body }) => {
      const { name } = mustHave(person, 'operator');
      mayFail(body['reason']);
      const told = { id: randomUUID(), by: name, until: null, reason: String(body['reason']) };
      firing = firing.map((one) => {
        if (one.fingerprint !== params['fingerprint']) return one;
        note('acknowledged', one, name, told.reason);
        silences = [...silences, { id: told.id, kind: 'acknowledgement', state: 'active', matchers: [{ name: 'rule', value: one.rule, isRegex: false, isEqual: true }], startsAt: Date.now(), endsAt: null, by: name, reason: told.reason, updatedAt: Date.now() }];
        return { ...one, acknowledgements: [told] };
      });
      return told;
    }),
    on(routes.createSilence, ({ person, body }) => {
      const { name } = mustHave(person, 'operator');
      mayFail(body['reason']);
      const value = JSON.stringify(body['matchers']);
      const until = Date.now() + Number(body['seconds']) * 1000;
      const of = firing.find(({ rule }) => value.includes(rule));
      const silence: Silence = { id: randomUUID(), kind: 'silence', state: 'active', matchers: [{ name: 'rule', value: of?.rule ?? '', isRegex: false, isEqual: true }], startsAt: Date.now(), endsAt: until, by: name, reason: String(body['reason']), updatedAt: Date.now() };
      silences = [...silences, silence];
      if (of) note('silenced', of, name, silence.reason);
      firing = firing.map((one) => (one === of ? { ...one, silences: [{ id: silence.id, by: name, until, reason: silence.reason }] } : one));
      return silence;
    }),
    on(routes.endSilence, ({ person, params }) => {
      mustHave(person, 'operator');
      silences = silences.filter(({ id }) => id !== params['id']);
      firing = firing.map((one) => ({ ...one, silences: one.silences.filter(({ id }) => id !== params['id']), acknowledgements: one.acknowledgements.filter(({ id }) => id !== params['id']) }));
      return null;
    }),
  ];
  return { answers, history: () => history };
}
