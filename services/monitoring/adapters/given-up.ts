import { codeOf } from '../../kit/adapters/error.ts';
import { problem, Problem } from '../../kit/problem.ts';

/** A search that the server gave up is no database that is away: whoever asked is told how to ask for less. @returns what to throw */
export function givenUp(error: unknown, fix: string): unknown {
  return isSlow(error) ? problem('unavailable', 'The search took too long and was given up.', { cause: error, at: 'monitoring', fix }) : error;
}

/** 57014: the server cancelled the statement. */
const isSlow = (error: unknown): boolean => codeOf(error instanceof Problem ? error.cause : error) === '57014';
