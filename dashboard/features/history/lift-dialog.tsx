'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Hold } from '../../api/delivery.ts';
import { liftHold } from '../../api/lift-hold.ts';
import { ReasonField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { liftTexts as said } from '../../ui/texts/lift.ts';
import { fieldTexts } from '../../ui/texts/shared.ts';
import { holdsKey } from './holds-key.ts';

/** Lets something be promoted again, with a reason. */
export function LiftDialog({ hold: { id, subject }, onClose }: { readonly hold: Hold; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const lift = useMutation({
    mutationFn: (reason: string) => liftHold(id, reason),
    onSuccess: () => {
      onClose();
      void queries.invalidateQueries({ queryKey: holdsKey });
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    lift.mutate(String(new FormData(event.currentTarget).get('reason')).trim());
  };
  return (
    <Modal title={said.title(subject)} lead={said.lead} onClose={onClose}>
      <form className="grid gap-4" onSubmit={onSubmit} aria-busy={lift.isPending}>
        <ReasonField />
        <button className="button-go" disabled={lift.isPending}>{lift.isPending ? fieldTexts.busy : said.submit}</button>
        {lift.error && <ProblemNotice problem={problemOf(lift.error)} />}
      </form>
    </Modal>
  );
}
