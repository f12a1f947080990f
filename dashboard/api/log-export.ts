import { unreachable } from '../ui/texts/answers.ts';
import { problemFrom, ProblemError } from './problem.ts';

/**
 * Whether an export would begin. The browser itself fetches it, so that it streams to the disk, and of one that is refused it says
 * no more than "failed": so its head is asked for first, and what comes after the head is let go.
 * @throws ProblemError as `ask` does
 */
export async function beginsExport(path: string): Promise<void> {
  const leave = new AbortController();
  const answer = await fetch(path, { headers: { accept: 'application/x-ndjson, application/problem+json', 'x-requested-with': 'journey' }, credentials: 'same-origin', cache: 'no-store', signal: leave.signal })
    .catch(() => { throw new ProblemError(unreachable); });
  if (!answer.ok) throw new ProblemError(problemFrom(answer.status, await answer.json().catch(() => null), answer.headers.get('trace-id')));
  leave.abort();
}
