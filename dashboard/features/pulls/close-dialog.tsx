'use client';
import type { FormEvent } from 'react';
import { ReasonField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { pullTexts as said } from '../../ui/texts/pulls.ts';
import { useDecision } from './use-pulls.ts';

/** Ends a pull request without merging it, with a reason. */
export function CloseDialog({ number, onClose }: { readonly number: number; readonly onClose: () => void }) {
  const decide = useDecision(number);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    // The page of a closed one takes the form away by itself: the address is cleared all the same. A refusal is shown below.
    decide.mutateAsync({ act: 'close', reason }).then(onClose, () => {});
  };
  return (
    <Modal title={said.closeTitle(number)} lead={said.closeLead} onClose={onClose}>
      <form className="grid gap-4" onSubmit={onSubmit} aria-busy={decide.isPending}>
        <ReasonField />
        <button className="button-go" disabled={decide.isPending}>{decide.isPending ? said.closing : said.closeSubmit}</button>
        {decide.error && <ProblemNotice problem={problemOf(decide.error)} />}
      </form>
    </Modal>
  );
}
