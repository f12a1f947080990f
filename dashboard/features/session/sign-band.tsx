'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { signOut, type Person } from '../../api/session.ts';
import { texts } from '../../ui/texts.ts';
import { ThemeSwitch } from '../../ui/theme-switch.tsx';
import { Wordmark } from '../../ui/wordmark.tsx';
import { AlertBadge } from '../alerts/alert-badge.tsx';
import { Shortcuts } from '../palette/shortcuts.tsx';
import { groups } from './pages.ts';

/** The black sign over every page. */
export function SignBand({ person }: { readonly person: Person | undefined }) {
  const path = usePathname();
  const band = useRef<HTMLElement>(null);
  // On a phone the names do not fit: the one of this page is in sight.
  useEffect(() => {
    const [box, here] = [band.current, band.current?.querySelector<HTMLElement>('[aria-current]')];
    if (box && here) box.scrollLeft = here.offsetLeft - box.offsetLeft - (box.clientWidth - here.clientWidth) / 2;
  }, [path]);
  return (
    <header className="on-sign border-b border-transparent bg-sign text-sign-ink dark:border-rule">
      <div className="mx-auto flex max-w-7xl items-center gap-x-2 px-4 sm:px-6">
        <Link href="/" className="py-3"><Wordmark /></Link>
        <div className="ml-auto flex items-center gap-1 sm:gap-3">
          {person && <Shortcuts />}
          {person && <Signed person={person} />}
          <ThemeSwitch />
        </div>
      </div>
      <nav ref={band} aria-label={texts.navigation.label} className="mx-auto flex max-w-7xl gap-x-3.5 overflow-x-auto px-4 [scrollbar-width:none] sm:gap-x-5 sm:px-6">
        {groups.map((group) => (
          <ul key={group.name} aria-label={group.name} className="flex gap-x-3.5 border-white/25 not-first:border-l not-first:pl-3.5 sm:gap-x-5 sm:not-first:pl-5">
            {group.pages.map(({ href, name, here }) => (
              <li key={href}>
                <Link href={href} aria-current={here(path) ? 'page' : undefined}
                  className="block border-b-4 border-transparent py-1.5 text-[0.875rem] font-bold whitespace-nowrap text-sign-dim -outline-offset-3 hover:text-sign-ink aria-[current=page]:border-[#ffd23f] aria-[current=page]:text-sign-ink">
                  {name}{person && href === '/alerts' && <AlertBadge />}
                </Link>
              </li>
            ))}
          </ul>
        ))}
      </nav>
    </header>
  );
}

function Signed({ person }: { readonly person: Person }) {
  const queries = useQueryClient();
  const router = useRouter();
  const leave = useMutation({
    mutationFn: signOut,
    onSettled: () => {
      queries.clear();
      router.replace('/sign-in');
    },
  });
  return (
    <>
      <span className="hidden max-w-60 truncate text-sm text-sign-dim md:block" title={`${person.name} (${person.roles.join(', ')})`}>
        <span className="sr-only">{texts.session.signedIn} </span>{person.name}
      </span>
      <button type="button" className="min-h-9 rounded px-1 text-sm sm:px-2 font-bold whitespace-nowrap underline decoration-white/40 underline-offset-4 hover:decoration-white" onClick={() => leave.mutate()}>
        {texts.session.out}
      </button>
    </>
  );
}
