import { expect, test } from '@jest/globals';
import { problem } from '../../kit/problem.ts';
import { listJourneys } from './journey-list.ts';

const failing = (code: string) => ({ query: () => Promise.reject(problem('unavailable', 'The database does not answer.', { cause: Object.assign(new Error('x'), { code }) })) });

test('a search that the server gave up says how to ask for less, a database that is away is away', async () => {
  const search = (code: string) => listJourneys(failing(code), { service: 'gateway', except: [] }, { limit: 1, text: 'rare' });
  await expect(search('57014')).rejects.toMatchObject({ code: 'unavailable', detail: 'The search took too long and was given up.', fix: expect.stringContaining('Narrow the time') });
  await expect(search('57P01')).rejects.toMatchObject({ detail: 'The database does not answer.' });
});
