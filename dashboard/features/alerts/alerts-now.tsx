'use client';
import type { Alert, AlertList } from '../../api/alerts.ts';
import { formatAge, formatTime } from '../../ui/format.ts';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { roleTexts } from '../../ui/texts/shared.ts';
import { useUrlStates } from '../../ui/url-state.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMay } from '../session/use-may.ts';
import { NoteDialog } from './note-dialog.tsx';
import type { Noting } from './noting.ts';

const acts: readonly Noting['act'][] = ['acknowledge', 'silence'];
const order = { firing: 0, pending: 1, resolved: 2 } as const;

/** What is on. The open form stands in the address: what is said (`note`), and of which alert. */
export function AlertsNow({ list }: { readonly list: AlertList }) {
  const now = useNow();
  const [params, setParams] = useUrlStates();
  const operator = useMay('operator');
  const named = params.get('alert');
  const act = acts.find((name) => name === params.get('note'));
  const noted = list.alerts.find(({ fingerprint }) => fingerprint === named);
  const sorted = list.alerts.toSorted((a, b) => order[a.state] - order[b.state] || (b.firedAt ?? 0) - (a.firedAt ?? 0));
  return (
    <section aria-labelledby="now" className="panel min-w-0 overflow-clip">
      <h2 id="now" className="border-b border-rule px-4 py-3 text-xl sm:px-5">{said.on}</h2>
      {sorted.length === 0 && <p className="p-4 sm:px-5"><strong>{said.none}</strong> <span className="text-dim">{said.noneNext}</span></p>}
      <ul className="divide-y divide-rule" aria-live="polite">
        {sorted.map((alert) => <Row key={alert.fingerprint} alert={alert} named={alert.fingerprint === named} now={now} onNote={(note) => setParams({ note, alert: alert.fingerprint })} />)}
      </ul>
      {operator && act && noted && <NoteDialog noting={{ alert: noted, act }} onClose={() => setParams({ note: null, alert: null })} />}
    </section>
  );
}

/** One that the address names, as a mail does, is marked. */
function Row({ alert, named, now, onNote }: { readonly alert: Alert; readonly named: boolean; readonly now: number; readonly onNote: (act: Noting['act']) => void }) {
  const operator = useMay('operator');
  const { name, workload, state, severity, test, summary } = alert;
  const at = state === 'resolved' ? alert.resolvedAt : state === 'firing' ? alert.firedAt : alert.activeAt;
  const age = now > 0 && at !== null ? formatAge(now - at) : '';
  return (
    <li data-alert={name} data-state={state} aria-current={named || undefined} className="grid gap-1 px-4 py-3 aria-[current]:bg-sunk sm:px-5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <strong className="text-lg [overflow-wrap:anywhere]">{name}</strong>
        <span className={`font-bold ${state === 'firing' ? 'text-wrong' : 'text-dim'}`}>{said.state[state]} {age !== '' && (state === 'resolved' ? said.over(age) : said.since(age))}</span>
      </p>
      <p className="[overflow-wrap:anywhere]">{summary} <span className="text-dim">{workload}, {said.severity[severity]}{test ? `, ${said.test}` : ''}</span></p>
      {alert.acknowledgements.map(({ id, by, reason }) => <p key={id} data-acknowledged className="text-dim [overflow-wrap:anywhere]">{said.acknowledged(by, reason)}</p>)}
      {alert.silences.map(({ id, by, until, reason }) => <p key={id} data-silenced className="text-dim [overflow-wrap:anywhere]">{said.silenced(by, until === null ? '' : formatTime(until, now), reason)}</p>)}
      {alert.inhibitedBy.length > 0 && <p className="text-dim">{said.inhibited}</p>}
      <p className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-sm text-dim">{now > 0 && toldText(alert, now)}</span>
        {state === 'firing' && (
          <span className="flex gap-2">
            {alert.acknowledgements.length === 0 && <button type="button" className="button-plain" disabled={!operator} title={operator ? undefined : roleTexts.operator} aria-label={said.acknowledgeSaid(name)} onClick={() => onNote('acknowledge')}>{said.acknowledge}</button>}
            {alert.silences.length === 0 && <button type="button" className="button-plain" disabled={!operator} title={operator ? undefined : roleTexts.operator} aria-label={said.silenceSaid(name)} onClick={() => onNote('silence')}>{said.silence}</button>}
          </span>
        )}
      </p>
    </li>
  );
}

function toldText({ told, firedAt }: Alert, now: number): string {
  if (firedAt === null || told === undefined || told.madeAt < firedAt) return '';
  if (told.sentAt !== null) return said.told(formatAge(now - told.sentAt));
  return told.error === null ? said.soon : said.waiting(told.tries, told.error);
}
