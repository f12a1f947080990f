import { oneLine } from '../../kit/git-message.ts';

export interface MergeNote {
  readonly pull: number;
  readonly title: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: readonly string[];
  readonly mergedBy: string;
  readonly change: string;
  readonly kind: string;
  readonly environments: readonly string[];
  readonly workloads: readonly string[];
  readonly traceId: string;
  /** The commit that is taken back. */
  readonly undoes?: string;
}

/**
 * The message of a merge commit: title, reason, and one paragraph of trailers (git-interpret-trailers). Everything that a
 * person wrote stands on one line each, so that it cannot pose as a trailer.
 */
export function mergeMessage(note: MergeNote): string {
  const trailers: readonly (readonly [string, string])[] = [
    ['Requested-by', note.requestedBy], ...note.approvedBy.map((by) => ['Approved-by', by] as const), ['Merged-by', note.mergedBy],
    ['Pull-Request', String(note.pull)], ['Change', note.change], ['Kind', note.kind],
    ...note.environments.map((name) => ['Environment', name] as const), ...note.workloads.map((name) => ['Workload', name] as const),
    ['Journey', note.traceId], ...(note.undoes === undefined ? [] : [['Undoes', note.undoes] as const]),
  ];
  return [
    `Merge #${String(note.pull)}: ${oneLine(note.title, 200)}`, '', oneLine(note.reason, 500), '',
    ...trailers.map(([key, value]) => `${key}: ${oneLine(value, 200)}`), '',
  ].join('\n');
}
