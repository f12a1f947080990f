'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { signOut, type Person } from '../../api/gateway.ts';
import { texts } from '../../ui/texts.ts';
import { ThemeSwitch } from '../../ui/theme-switch.tsx';
import { Wordmark } from '../../ui/wordmark.tsx';

const pages = [
  { href: '/', name: texts.navigation.overview, here: (path: string) => path === '/' },
  { href: '/journeys', name: texts.navigation.journeys, here: (path: string) => path.startsWith('/journeys') },
] as const;

/** The black sign over every page. */
export function SignBand({ person }: { readonly person: Person | undefined }) {
  const path = usePathname();
  return (
    <header className="on-sign border-b border-transparent bg-sign text-sign-ink dark:border-rule">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-2 sm:gap-x-8 px-4 sm:px-6">
        <Link href="/" className="py-4"><Wordmark /></Link>
        <nav aria-label={texts.navigation.label} className="order-last flex w-full gap-6 sm:order-none sm:w-auto sm:grow">
          {pages.map(({ href, name, here }) => (
            <Link key={href} href={href} aria-current={here(path) ? 'page' : undefined}
              className="border-y-4 border-transparent py-1.5 font-bold text-sign-dim hover:text-sign-ink aria-[current=page]:border-b-[#ffd23f] aria-[current=page]:text-sign-ink sm:py-4">
              {name}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1 sm:ml-0 sm:gap-3">
          {person && <Signed person={person} />}
          <ThemeSwitch />
        </div>
      </div>
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
      <span className="hidden max-w-52 truncate text-sm text-sign-dim md:block" title={`${person.name} (${person.roles.join(', ')})`}>
        <span className="sr-only">{texts.session.signedIn} </span>{person.name}
      </span>
      <button type="button" className="min-h-9 rounded px-2 text-sm font-bold whitespace-nowrap underline decoration-white/40 underline-offset-4 hover:decoration-white" onClick={() => leave.mutate()}>
        {texts.session.out}
      </button>
    </>
  );
}
