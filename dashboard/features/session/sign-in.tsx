'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { signIn, type Credentials } from '../../api/sign-in.ts';
import { safeReturn } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { texts } from '../../ui/texts.ts';
import { Wordmark } from '../../ui/wordmark.tsx';
import { linkIn } from './one-time-link.ts';
import { SignInPicture } from './sign-in-picture.tsx';
import { sessionKey } from './use-session.ts';

const said = texts.session;

/** By name and password, or by a one-time link, which is taken out of the address before anything else happens. */
export function SignIn() {
  const router = useRouter();
  const queries = useQueryClient();
  const to = safeReturn(useSearchParams().get('to'));
  const [broken, setBroken] = useState(false);
  const attempt = useMutation({
    mutationFn: (credentials: Credentials) => signIn(credentials),
    onSuccess: (person) => {
      queries.setQueryData(sessionKey, person);
      router.replace(to);
    },
  });
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const found = linkIn(new URL(window.location.href));
    if (!found) return;
    window.history.replaceState(null, '', found.rest);
    if (found.link) attempt.mutate({ link: found.link });
    else setBroken(true);
  }, [attempt]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBroken(false);
    const form = new FormData(event.currentTarget);
    attempt.mutate({ name: String(form.get('name')), password: String(form.get('password')) });
  };
  const busy = attempt.isPending || attempt.isSuccess;
  const problem = broken ? said.linkShape : attempt.error && problemOf(attempt.error);

  return (
    <div className="grid min-h-dvh bg-panel lg:grid-cols-[minmax(26rem,2fr)_3fr]">
      <main className="mx-auto flex w-full max-w-md flex-col justify-center gap-8 px-6 py-10">
        <h1 className="text-5xl">{said.title}</h1>
        <p className="max-w-prose text-dim">{said.lead}</p>
        {problem && <ProblemNotice problem={problem} />}
        <form className="grid gap-5" onSubmit={submit} aria-busy={busy}>
          <label className="grid gap-1 font-bold">{said.name}<input className="field font-normal" name="name" autoComplete="username" required maxLength={200} autoCapitalize="none" spellCheck={false} /></label>
          <label className="grid gap-1 font-bold">{said.password}<input className="field font-normal" name="password" type="password" autoComplete="current-password" required maxLength={200} /></label>
          <button className="button-go" disabled={busy}>{busy ? said.busy : said.submit}</button>
        </form>
      </main>
      <aside className="on-sign order-first flex flex-col justify-between gap-10 bg-sign p-6 text-sign-ink lg:order-none lg:p-12">
        <Wordmark />
        <SignInPicture />
        <p className="hidden max-w-[26ch] text-2xl leading-tight font-extrabold text-balance lg:block">{texts.about}</p>
      </aside>
    </div>
  );
}
