import type { Database } from '../../kit/adapters/postgres.ts';
import type { Answer } from '../../kit/kit.ts';
import { newestSent } from '../adapters/sent.ts';

export function list(database: Database) {
  return async (): Promise<Answer> => ({ status: 200, body: { notifications: await newestSent(database) } });
}
