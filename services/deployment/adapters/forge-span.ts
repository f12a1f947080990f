import { codeOf, messageOf, serviceOf } from '../../kit/adapters/error.ts';
import { GitError } from '../../kit/git.ts';
import { measured } from '../../kit/measured.ts';
import { problem, Problem } from '../../kit/problem.ts';
import { span } from '../../kit/telemetry.ts';

export type Operation = 'REFRESH' | 'OPEN' | 'UPDATE' | 'READ' | 'LIST' | 'COMMENT' | 'APPROVE' | 'MERGE' | 'CLOSE' | 'READ HOLDS' | 'HOLD';
export type Traced = <T>(operation: Operation, attributes: Readonly<Record<string, string | number>>, fn: () => Promise<T>) => Promise<T>;

/**
 * One call of a forge as one span, with the attributes of OpenTelemetry's semantic conventions for version control
 * (`vcs.change.id`, `vcs.ref.head.revision`). What git cannot do is `unavailable`, and says what was tried.
 */
export function forgeSpans(reference: string, provider: 'git' | 'github'): Traced {
  return (operation, attributes, fn) =>
    span(`${operation} ${reference}`, { kind: 'client', attributes: { 'journey.reference': reference, 'vcs.provider.name': provider, 'vcs.operation': operation, ...attributes } }, () =>
      measured('backing_operation_duration_seconds', (failed) => ({ journey_reference: reference, operation, error_type: failed }), () =>
        fn().catch((error: unknown) => { throw asForgeProblem(reference, error); })));
}

/** What git or the disk refused, as `unavailable`; a Problem, or a mistake of ours, as it is. */
export function asForgeProblem(reference: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  const git = error instanceof GitError;
  if (!git && codeOf(error) === undefined) return error;
  return problem(git && error.code === 'timeout' ? 'upstream_timeout' : 'unavailable', `The repository ${reference} failed: ${messageOf(error).slice(0, 500)}`, { cause: error, at: serviceOf(reference) });
}
