import { knob } from './model/index.ts';

/** Everything that may differ between environments besides size, provider and release; nothing else may. */
export const knobs = {
  cookieSecure: knob<'yes' | 'no'>('is the session cookie sent over TLS only'),
  logLevel: knob<'debug' | 'info' | 'warn'>('lowest level written'),
  rateLimit: knob<number>('requests per second and client, at the gateway'),
};
