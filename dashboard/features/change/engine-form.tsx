'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { setAutomatic, syncEnvironment } from '../../api/fleet.ts';
import { ReasonField } from '../../ui/field.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { fieldTexts } from '../../ui/texts/shared.ts';
import { changeTexts } from '../../ui/texts/change.ts';
import { driftKey } from '../drift/use-drift.ts';
import { environmentsKey } from '../matrix/use-environments.ts';

interface Props { readonly environment: string; readonly act: 'sync' | 'automatic'; readonly automatic: boolean; readonly onDone: () => void }

/** What is asked of the engine and not of git: to sync now, and whether to sync by itself. */
export function EngineForm({ environment, act, automatic, onDone }: Props) {
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: (reason: string) => (act === 'sync' ? syncEnvironment(environment, reason) : setAutomatic(environment, !automatic, reason)),
    onSuccess: () => {
      onDone();
      void queries.invalidateQueries({ queryKey: environmentsKey });
      void queries.invalidateQueries({ queryKey: driftKey });
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send.mutate(String(new FormData(event.currentTarget).get('reason')).trim());
  };
  const busy = send.isPending || send.isSuccess;
  return (
    <form className="grid gap-4" onSubmit={onSubmit} aria-busy={busy}>
      <ReasonField />
      <button className="button-go" disabled={busy}>{busy ? fieldTexts.busy : act === 'sync' ? changeTexts.sync.submit : changeTexts.automatic.submit(!automatic)}</button>
      {send.error && <ProblemNotice problem={problemOf(send.error)} />}
    </form>
  );
}
