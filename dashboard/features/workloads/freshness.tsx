'use client';
import { formatAge } from '../../ui/format.ts';
import { liveTexts } from '../../ui/texts/shared.ts';
import { useNow } from '../../ui/use-now.ts';
import { workloadsEveryMs } from './use-workloads.ts';

/** Says whether what stands here is of now; when the connection is lost, how old it is. */
export function Freshness({ updatedAt, lost }: { readonly updatedAt: number; readonly lost: boolean }) {
  const now = useNow();
  if (updatedAt === 0 || now === 0) return null;
  const age = now - updatedAt;
  if (lost || age > 4 * workloadsEveryMs) return <p role="status" className="font-bold text-wrong">{liveTexts.stale(formatAge(age))}</p>;
  return <p className="flex items-center gap-2 text-dim"><span className="size-2 rounded-full bg-[var(--health-healthy)] motion-safe:animate-pulse" aria-hidden="true" />{liveTexts.live}</p>;
}
