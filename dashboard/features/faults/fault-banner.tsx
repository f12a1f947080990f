'use client';
import Link from 'next/link';
import { bannerTexts as said } from '../../ui/texts/fault-banner.ts';
import { useNow } from '../../ui/use-now.ts';
import { secondsLeft, unitOf } from './fault.ts';
import { useFaults } from './use-faults.ts';

/** Over every page while something is wrong on purpose: nobody shall look for a cause that somebody made. */
export function FaultBanner() {
  const { data } = useFaults();
  const now = useNow();
  const on = data?.faults.filter(({ until }) => until > now) ?? [];
  const [first] = on;
  if (!data || !first || now === 0) return null;
  return (
    <aside aria-label={said.title} data-faults={on.length} className="border-b border-[#8f5400] bg-[#ffd23f] text-[#15181b]">
      <p className="mx-auto flex max-w-7xl flex-wrap items-baseline gap-x-3 px-4 py-1.5 text-sm font-bold sm:px-6">
        <span>{said.banner} {first.workload}, {said.strong(first.kind, first.strength, unitOf(data, first.kind))}</span>
        <span className="font-normal">{said.left(secondsLeft(first, now))}, {said.by} {first.by}</span>
        {on.length > 1 && <span>{said.bannerMore(on.length - 1)}</span>}
        <Link href="/faults" className="ml-auto underline underline-offset-4">{said.bannerLink}</Link>
      </p>
    </aside>
  );
}
