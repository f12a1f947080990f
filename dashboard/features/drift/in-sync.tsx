import type { Environment } from '../../api/delivery.ts';
import { EnvironmentSign } from '../../ui/environment-sign.tsx';
import { driftTexts as said } from '../../ui/texts/drift.ts';

interface Props { readonly watched: readonly Environment[]; readonly known: boolean; readonly since: string | undefined }

/** The calm state: what runs is what main says. Two equal lines, as in arithmetic. */
export function InSync({ watched, known, since }: Props) {
  const nobody = known && watched.length === 0;
  return (
    <section role="status" className="panel mb-5 flex flex-wrap items-center gap-x-6 gap-y-4 p-5 sm:p-7" data-in-sync={!nobody}>
      <svg viewBox="0 0 64 40" className={`h-12 w-20 ${nobody ? 'text-dim' : 'text-[var(--health-healthy)]'}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="6" strokeLinecap="round">
        {nobody ? <path d="M14 20h.01M32 20h.01M50 20h.01" strokeWidth="8" /> : <><path d="M4 12h56M4 28h56" /><circle cx="16" cy="12" r="6" className="fill-panel" strokeWidth="4" /><circle cx="16" cy="28" r="6" className="fill-panel" strokeWidth="4" /><circle cx="46" cy="12" r="6" className="fill-panel" strokeWidth="4" /><circle cx="46" cy="28" r="6" className="fill-panel" strokeWidth="4" /></>}
      </svg>
      <div className="min-w-0">
        <h2 className="text-2xl">{nobody ? said.nothingWatched : said.none}{!nobody && since && <span className="ml-2 text-base font-normal tracking-normal text-dim">{said.since(since)}</span>}</h2>
        <p className="text-dim">{nobody ? said.nothingWatchedSaid : said.noneSaid}</p>
      </div>
      {watched.length > 0 && <ul className="flex flex-wrap gap-2 sm:ml-auto">{watched.map(({ name }) => <li key={name}><EnvironmentSign name={name} small /></li>)}</ul>}
    </section>
  );
}
