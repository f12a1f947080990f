import { problem, Problem } from '../problem.ts';
import { codeOf, messageOf, partsOf, serviceOf } from './error.ts';

/** SQLSTATE classes and codes that say "the database is away, full or too slow" (PostgreSQL manual, appendix A). */
const AWAY = /^(08...|53...|57P0[1-5]|57014|25P03)$/;
/** disk_full: it answers, but can write nothing. */
const DISK_FULL = '53100';
/** Two transactions met; repeating one of them helps. */
const MET = /^(40001|40P01|55P03)$/;
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Errors that `pg` raises without a code. */
const WORDS = /timeout exceeded when trying to connect|terminated|read timeout|not queryable|connection timeout|Cannot use a pool after/i;

/** Is the connection gone, so that it must not go back to the pool? */
export function isAway(error: unknown): boolean {
  if (error instanceof Problem) return isAway(error.cause);
  const code = codeOf(error);
  if (code !== undefined) return AWAY.test(code) || SOCKET.has(code);
  return partsOf(error).some(isAway) || WORDS.test(messageOf(error));
}

/** Does the error say that a row with this key is there already (23505)? */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** A database error as the caller should see it: `unavailable`, `conflict`, or itself when it is a fault of ours. */
export function databaseProblem(reference: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (codeOf(error) === DISK_FULL) {
    return problem('unavailable', `The database ${reference} can write nothing: its disk is full.`, {
      cause: error, at: serviceOf(reference), fix: 'Free space on the disk that holds its data; ./journey doctor names it on a laptop. Nothing was written.',
    });
  }
  if (isAway(error)) {
    return problem('unavailable', `The database ${reference} does not answer.`, { cause: error, at: serviceOf(reference) });
  }
  if (MET.test(codeOf(error) ?? '')) {
    return problem('conflict', `Somebody else changed the same in ${reference} at the same moment; nothing was written.`, { cause: error });
  }
  return error;
}
