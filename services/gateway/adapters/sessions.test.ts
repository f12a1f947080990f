import { expect, test } from '@jest/globals';
import type { Cache } from '../../kit/adapters/cache.ts';
import { openSessions } from './sessions.ts';

function keptIn(entries: Map<string, unknown>): Cache {
  return {
    get: async <T>(key: string) => entries.get(key) as T | undefined,
    set: async (key, value) => { entries.set(key, value); },
    delete: async (key) => { entries.delete(key); },
    increment: async () => 0,
    ready: async () => {},
    close: async () => {},
  };
}

test('who reads the keys of the cache learns no session id', async () => {
  const entries = new Map<string, unknown>();
  const sessions = openSessions(keptIn(entries), { installation: 'here', key: 'k', secure: false });
  const cookie = (await sessions.open('token', 60)).split(';')[0] ?? '';
  const id = sessions.idIn(cookie) ?? '';
  expect(id).toHaveLength(43);
  expect(await sessions.tokenOf(id)).toBe('token');
  expect([...entries.keys()].join()).not.toContain(id);
});

test('what is no token in the cache is no session; nothing to end is fine', async () => {
  const entries = new Map<string, unknown>();
  const sessions = openSessions(keptIn(entries), { installation: 'here', key: 'k', secure: false });
  const id = sessions.idIn((await sessions.open('token', 60)).split(';')[0]) ?? '';
  for (const key of entries.keys()) entries.set(key, { not: 'a token' });
  expect(await sessions.tokenOf(id)).toBeNull();
  expect(await sessions.end(null)).toContain('Max-Age=0');
  expect(entries.size).toBe(1);
});
