'use client';
import { formatAge } from './format.ts';
import { liveTexts as said } from './texts/shared.ts';
import { useNow } from './use-now.ts';

interface Props {
  readonly updatedAt: number;
  /** The last answer was an error. */
  readonly lost: boolean;
  /** Events come by themselves. False: the page asks. */
  readonly streamed: boolean;
  /** How often it asks. False: a fixed time, which is asked for once and stays as it is. */
  readonly everyMs: number | false;
  /** What old data means where nothing was lost. @default the connection was lost */
  readonly stale?: ((age: string) => string) | undefined;
}

/** Says how fresh the page is: told at once, asked for, fixed, or lost. */
export function LiveMark({ updatedAt, lost, streamed, everyMs, stale = said.stale }: Props) {
  const now = useNow();
  if (updatedAt === 0 || now === 0) return <p className="h-6" aria-hidden="true" />;
  if (lost || (everyMs !== false && now - updatedAt > 4 * everyMs)) return <p role="status" className="font-bold text-wrong">{(lost ? said.stale : stale)(formatAge(now - updatedAt))}</p>;
  if (everyMs === false) return <p className="h-6 text-dim" data-live="fixed">{said.fixed}</p>;
  return (
    <p className="flex h-6 items-center gap-2 text-dim" data-live={streamed ? 'stream' : 'poll'}>
      <span className="size-2 rounded-full bg-[var(--health-healthy)] motion-safe:animate-pulse" aria-hidden="true" />{streamed ? said.live : said.polling(everyMs / 1000)}
    </p>
  );
}
