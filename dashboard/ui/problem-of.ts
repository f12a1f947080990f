import { ProblemError, type Problem } from '../api/problem.ts';
import { texts } from './texts.ts';

/** What to show for anything that was thrown. */
export function problemOf(error: Error): Problem {
  return error instanceof ProblemError ? error.problem : { title: texts.crash.title, status: 0, code: 'internal', detail: error.message };
}
