import type { AlertChange, AlertRule, Silence } from '../../api/alerts.ts';

const whats: Readonly<Record<AlertRule['what'], string>> = { errorShare: 'Share of 5xx', p99: 'p99', requestRate: 'Requests per second', absent: 'Absent', burn: 'Burn rate' };
const changes: Readonly<Record<AlertChange['change'], string>> = {
  pending: 'Pending', firing: 'Firing', resolved: 'Resolved', calm: 'Calm again', acknowledged: 'Acknowledged', silenced: 'Silenced', unsilenced: 'No longer silenced', told: 'Told', removed: 'Rule removed',
};

export const alertTexts = {
  title: 'Alerts',
  lead: 'Rules are looked at every two seconds, by what monitoring sees itself. What fires is mailed, unless somebody silences it.',
  stuck: (age: string) => `Nobody has looked at the rules for ${age}. What you see is as old.`,
  loading: 'Asking what fires…', on: 'Now', none: 'Nothing fires.', noneNext: 'Fire a test to see the whole way, or make a rule.',
  state: { pending: 'Pending', firing: 'Firing', resolved: 'Resolved' }, severity: { page: 'page', ticket: 'ticket' }, test: 'Test',
  since: (age: string) => `for ${age}`, over: (age: string) => `${age} ago`,
  acknowledged: (by: string, reason: string) => `Acknowledged by ${by} until it is resolved: ${reason}`,
  silenced: (by: string, until: string, reason: string) => `Silenced by ${by} until ${until}: ${reason}`,
  inhibited: 'Not told: another alert of this workload says more.',
  told: (age: string) => `Mailed ${age} ago`, waiting: (tries: number, error: string) => `Not mailed yet, ${tries} tries: ${error}`, soon: 'To be mailed',
  acknowledge: 'Acknowledge', acknowledgeSaid: (name: string) => `Acknowledge ${name}`, silence: 'Silence', silenceSaid: (name: string) => `Silence ${name}`,
  minutes: 'Minutes', minutesHint: 'Then it is told again if it fires still', noteHint: 'Kept in the audit record and shown to everybody', busy: 'Sending…',
  fireTest: 'Fire a test', fireTestLead: 'It goes the whole way to the mail, and is resolved after a minute.',
  rules: 'Rules', ofPeople: 'Of people', noRules: 'Nobody made one yet.', ofModel: (count: number) => `Of the model: ${count}`,
  modelNext: 'They follow from `slo` in platform/workloads and are changed there.',
  newRule: 'New rule', changeRule: 'Change', changeRuleSaid: (name: string) => `Change ${name}`, removeRule: 'Remove', removeRuleSaid: (name: string) => `Remove ${name}`,
  removeLead: 'From then on nobody is told when this happens.', removeIt: 'Remove it', keepIt: 'Keep it',
  name: 'Name', nameHint: 'Letters, digits and _', what: 'What', workload: 'Workload', route: 'Route', routeHint: 'Empty: all of them. GET /v1/…', comparison: 'Breach', above: 'above', below: 'below',
  threshold: (what: AlertRule['what']) => ({ errorShare: 'Per cent', p99: 'Milliseconds', requestRate: 'Requests per second' }[what === 'errorShare' || what === 'requestRate' ? what : 'p99']),
  window: 'Over seconds', forSeconds: 'For seconds', forHint: 'A breach must last so long', keep: 'Keep firing seconds', severityName: 'Severity', save: 'Save', preview: 'Preview',
  previewed: (value: string, requests: number) => `It reads ${value} now, from ${requests} requests.`, nothing: 'nothing', breach: 'That is a breach.', noBreach: 'That is no breach.',
  whatName: (what: AlertRule['what']) => whats[what],
  silences: 'Silences', noSilences: 'Nobody keeps an alert quiet.', noSilencesNext: 'What fires under Now can be acknowledged or silenced there.', end: 'End it', endSaid: (reason: string) => `End: ${reason}`,
  kind: { silence: 'Silence', acknowledgement: 'Acknowledged' } satisfies Record<Silence['kind'], string>, until: (time: string) => `until ${time}`, untilResolved: 'until it is resolved', by: 'by',
  history: 'History', historyNote: 'The newest 50; kept for 90 days.', noHistory: 'Nothing has changed yet.', noHistoryNext: 'Fire a test to see it come and go here.', change: (change: AlertChange['change']) => changes[change],
} as const;
