import { access } from 'node:fs/promises';
import type { Answer } from '../kit.ts';
import { run } from '../run.ts';
import { thing } from './thing.ts';

/** A whole service as a process, for run.test.ts. */
const ok = (): Promise<Answer> => Promise.resolve({ status: 200, body: {} });
const waited = process.env['READY_FILE'];
await run(thing, (kit) => Promise.resolve({
  handlers: {
    read: ok, remove: ok, take: ok, open: ok,
    write: () => {
      setTimeout(() => { throw new Error('a fault outside of any request'); }, 1);
      return ok();
    },
  },
  // Ready as soon as the file of this name is there.
  ready: waited === undefined ? {} : { FILE: () => access(waited) },
  start: () => { kit.log.debug('started'); return Promise.resolve(); },
  stop: () => { kit.log.info('closed'); return Promise.resolve(); },
}), {
  greet: (kit, args) => { kit.log.info('hello', { args }); return Promise.resolve(); },
  stumble: () => Promise.reject(new Error('no way')),
});
