'use client';
import { useState } from 'react';
import type { Entry, Environment } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { diffTexts } from '../../ui/texts/diff.ts';
import { rollbackTexts as said } from '../../ui/texts/rollback.ts';
import { WishForm } from '../change/wish-form.tsx';
import { DiffView } from '../diff/diff-view.tsx';
import { useEnvironments } from '../matrix/use-environments.ts';
import { plainTitle } from './title.ts';
import { useDiff, useEntry } from './use-history.ts';

/** `shown`: what the page shows of the commit; it need not, since a pull request of long ago leads here, too. */
interface Props { readonly commit: string; readonly shown: Entry | undefined; readonly onClose: () => void }

/** Takes one commit back: first what that would change, then why, and for the environment that people depend on its name. */
export function RollbackDialog({ commit, shown, onClose }: Props) {
  const { data: entry, error, refetch } = useEntry(commit, shown);
  return (
    <Modal wide title={said.title} lead={<><CommitText commit={commit} className="text-sign-ink" /> {plainTitle(entry?.title ?? '')}</>} onClose={onClose}>
      {error && !entry && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {entry === undefined && !error && <LoadingNote text={said.looking} rows={3} />}
      {entry === null && <p>{said.unknown}</p>}
      {entry && <Rollback entry={entry} />}
    </Modal>
  );
}

function Rollback({ entry: { commit, parents, environments } }: { readonly entry: Entry }) {
  const before = parents[0];
  const { data: diff, error, refetch } = useDiff(before && commit, before);
  const { data: fleet } = useEnvironments();
  const [chosen, setChosen] = useState(environments[0] ?? '');
  // The commit is taken back as a whole: whichever is chosen, the guarded one that it changed is named.
  const guarded = mostGuarded(fleet?.environments.filter(({ name }) => environments.includes(name)) ?? []);
  return (
    <div className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_18rem]">
      <section aria-labelledby="preview" className="grid min-w-0 gap-3">
        <h3 id="preview" className="text-lg">{said.preview}</h3>
        <p className="max-w-prose text-sm text-dim">{before ? said.previewSaid : said.noParent}</p>
        {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
        {before && !diff && !error && <LoadingNote text={diffTexts.loading} rows={3} />}
        {diff && <DiffView diff={diff} />}
      </section>
      <div className="grid gap-4 md:sticky md:top-24">
        <WishForm submit={said.submit} wish={(values) => ({ kind: 'rollback', environment: chosen, commit, reason: values('reason'), ...(guarded !== undefined && { confirm: values('confirm') }) })}>
          <Field name={said.where}>
            <select className="field" name="environment" required value={chosen} onChange={(event) => setChosen(event.target.value)}>
              {environments.map((name) => <option key={name}>{name}</option>)}
            </select>
          </Field>
          {guarded !== undefined && <Field name={said.confirm(guarded)}><input className="field" name="confirm" required pattern={guarded} title={said.confirmShape(guarded)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>}
        </WishForm>
        <p className="text-sm text-dim">{said.holds}</p>
      </div>
    </div>
  );
}

/** As the service sees it: where even a release is looked at, and of several the one that most people look at. */
function mostGuarded(environments: readonly Environment[]): string | undefined {
  const looks = ({ approvals }: Environment) => approvals.release * 100 + approvals.model;
  return environments.filter(({ approvals }) => approvals.release > 0).toSorted((a, b) => looks(b) - looks(a) || (a.name < b.name ? -1 : 1))[0]?.name;
}
