'use client';
import { useState } from 'react';
import type { Environment } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { Field } from '../../ui/field.tsx';
import { formatAge } from '../../ui/format.ts';
import { shortRelease } from '../../ui/release-text.ts';
import { changeTexts } from '../../ui/texts/change.ts';
import { useNow } from '../../ui/use-now.ts';
import { plainTitle } from '../history/title.ts';
import { useLatestCommits } from '../history/use-history.ts';
import { WishForm } from './wish-form.tsx';

const said = changeTexts.deploy;

/** Another revision of one workload; the newest commits of main are one click away. */
export function DeployForm({ environment, workload }: { readonly environment: Environment; readonly workload: string | undefined }) {
  const [name, setName] = useState(workload ?? environment.workloads[0]?.workload ?? '');
  const [revision, setRevision] = useState('');
  const cell = environment.workloads.find((each) => each.workload === name);
  return (
    <WishForm wish={(values) => ({ kind: 'release', environment: environment.name, workload: values('workload'), revision: values('revision'), reason: values('reason') })}>
      <Field name={changeTexts.workload} hint={cell && `${said.now}: ${shortRelease(cell.release)}`}>
        <select className="field" name="workload" required value={name} onChange={(event) => setName(event.target.value)}>
          {environment.workloads.map((each) => <option key={each.workload}>{each.workload}</option>)}
        </select>
      </Field>
      <Field name={said.revision} hint={said.revisionHint}>
        <input className="field font-mono text-sm" name="revision" required value={revision} onChange={(event) => setRevision(event.target.value)} spellCheck={false} autoComplete="off" autoCapitalize="none"
          pattern="\s*(worktree|[0-9a-f]{40}|sha256:[0-9a-f]{64})\s*" title={said.revisionShape} maxLength={80} />
      </Field>
      <LatestCommits chosen={revision} onChoose={setRevision} />
    </WishForm>
  );
}

function LatestCommits({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (revision: string) => void }) {
  const { data: entries } = useLatestCommits();
  const now = useNow();
  const row = 'grid w-full grid-cols-[5rem_minmax(0,1fr)_auto] items-baseline gap-2 px-3 py-1.5 text-left -outline-offset-3 hover:bg-sunk aria-pressed:bg-sunk aria-pressed:shadow-[inset_4px_0_0_var(--go)]';
  return (
    <fieldset className="min-w-0">
      <legend className="eyebrow mb-1">{said.latest}</legend>
      <ul className="min-h-[6.5rem] divide-y divide-rule rounded border border-rule text-sm">
        <li><button type="button" aria-pressed={chosen === 'worktree'} onClick={() => onChoose('worktree')} className={row}><code className="font-mono font-bold">worktree</code><span className="text-dim">{said.worktree}</span></button></li>
        {entries?.map(({ commit, title, at }) => (
          <li key={commit}>
            <button type="button" aria-pressed={chosen === commit} onClick={() => onChoose(commit)} className={row}>
              <CommitText commit={commit} /><span className="truncate">{plainTitle(title)}</span><span className="text-dim">{now > 0 && formatAge(now - Date.parse(at))}</span>
            </button>
          </li>
        ))}
        {entries?.length === 0 && <li className="px-3 py-1.5 text-dim">{said.noLatest}</li>}
      </ul>
    </fieldset>
  );
}
