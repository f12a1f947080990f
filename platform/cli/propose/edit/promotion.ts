import { CliError, exit } from '../../command.ts';
import type { PromotionChange } from '../proposal.ts';
import { unknownWorkload } from './release.ts';
import { readReleases, withReleases, type ReleaseEntry } from './release-file.ts';

export interface Stages {
  /** The text of each release file. */
  readonly from: string;
  readonly to: string;
  /** Which environment `to` takes its releases from; absent for the first. */
  readonly after: string | undefined;
}

/**
 * The release file of `to` with entries of `from`: digest, source and provenance as they stand there. Equal entries stay untouched.
 * @throws {CliError} exit 2 for a stage that is skipped, an image that is not built, a workload that one of the two does not have
 */
export function editPromotion(stages: Stages, { from, to, workloads }: PromotionChange): string {
  refuseSkipping(stages.after, from, to);
  const [source, target] = [readReleases(from, stages.from), readReleases(to, stages.to)];
  const names = workloads.length === 0 ? [...source.entries.keys()] : workloads;
  const entries = new Map(names.map((workload): [string, ReleaseEntry] => {
    const entry = source.entries.get(workload);
    if (!entry) throw unknownWorkload(from, workload, [...source.entries.keys()]);
    if (!target.entries.has(workload)) throw unknownWorkload(to, workload, [...target.entries.keys()]);
    return [workload, entry];
  }));
  refuseUnbuilt(from, entries);
  return withReleases(target, new Map([...entries].filter(([workload, entry]) => !isSame(entry, target.entries.get(workload)))));
}

function refuseSkipping(after: string | undefined, from: string, to: string): void {
  if (after === from) return;
  throw new CliError(exit.usage, {
    what: `Nothing is promoted from "${from}" to "${to}".`,
    why: after === undefined ? `"${to}" is the first: its releases come from a build.` : `"${to}" comes after "${after}", and no stage is skipped.`,
    fix: after === undefined ? `Name an environment that says in \`delivery.after\` which one it follows.` : `Promote from "${after}" to "${to}".`,
  });
}

function refuseUnbuilt(from: string, entries: ReadonlyMap<string, ReleaseEntry>): void {
  const unbuilt = [...entries].filter(([, entry]) => !entry['image']?.startsWith('sha256:')).map(([workload]) => workload);
  if (unbuilt.length === 0) return;
  throw new CliError(exit.usage, {
    what: `${unbuilt.join(', ')} cannot be promoted from "${from}".`, why: `"${from}" has no image of ${unbuilt.length === 1 ? 'it' : 'them'}: a promotion carries what was built.`,
    fix: 'Build and push the image and write its digest into the release file, or name other workloads.',
  });
}

function isSame(a: ReleaseEntry, b: ReleaseEntry | undefined): boolean {
  return b !== undefined && ['image', 'source', 'provenance'].every((key) => a[key] === b[key]);
}
