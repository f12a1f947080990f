'use client';
import type { FormEvent, ReactNode } from 'react';
import type { Wish } from '../../api/delivery.ts';
import { ReasonField } from '../../ui/field.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { changeTexts as said } from '../../ui/texts/change.ts';
import { fieldTexts } from '../../ui/texts/shared.ts';
import { RequestStatus } from './request-status.tsx';
import { useRequest } from './use-request.ts';
import { useWish } from './use-wish.ts';

/** What a form holds, with the surrounding spaces gone. */
export type Values = (name: string) => string;

interface Props {
  readonly wish: (values: Values, form: FormData) => Wish;
  readonly submit?: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** Asks for one change and then shows how far it got: the form gives way to the line that the change rides. */
export function WishForm({ wish, submit = fieldTexts.submit, disabled = false, children }: Props) {
  const send = useWish();
  const { data: request } = useRequest(send.data);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    send.mutate(wish((name) => String(form.get(name) ?? '').trim(), form));
  };
  if (request) {
    return (
      <div className="grid gap-5">
        <RequestStatus request={request} />
        <button type="button" className="justify-self-start font-bold text-go underline-offset-4 hover:underline" onClick={() => send.reset()}>{said.another}</button>
      </div>
    );
  }
  return (
    <form className="grid gap-4" onSubmit={onSubmit} aria-busy={send.isPending}>
      {children}
      <ReasonField />
      <button className="button-go" disabled={send.isPending || disabled}>{send.isPending ? fieldTexts.busy : submit}</button>
      {send.error && <ProblemNotice problem={problemOf(send.error)} />}
    </form>
  );
}
