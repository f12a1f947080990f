import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * The built pages cost half a minute of all processors, so a run of green builds them once: by the first `up`, as on the first day of
 * a person. Who comes after takes a copy; `dashboard/build.ts` compares it with the sources there, and builds anew where it is of others.
 */
const pagesOf = (checkout: string): string => join(checkout, 'dashboard', '.next');
const keptIn = (root: string): string => join(root, '.journey', 'built pages');

/** What an earlier run kept speaks for nobody. */
export function forgetBuilt(root: string): void {
  rmSync(keptIn(root), { recursive: true, force: true });
}

/** Waits until somebody has built the pages in a checkout, and keeps a copy; of a build that does not come before `over` there is none. */
export async function keepBuilt(root: string, checkout: string, over: AbortSignal): Promise<void> {
  // The last file that a build writes; it is another program's, and tells nobody.
  while (!existsSync(join(pagesOf(checkout), 'built-from'))) if (over.aborted || await wait(200, false, { signal: over }).catch(() => true)) return;
  const half = `${keptIn(root)} (half)`;
  for (const left of [half, keptIn(root)]) rmSync(left, { recursive: true, force: true });
  cpSync(pagesOf(checkout), half, { recursive: true, verbatimSymlinks: true });
  renameSync(half, keptIn(root));
}

/** Puts what was kept into a checkout that was just made. */
export function takeBuilt(root: string, checkout: string): void {
  if (existsSync(keptIn(root))) cpSync(keptIn(root), pagesOf(checkout), { recursive: true, verbatimSymlinks: true });
}
