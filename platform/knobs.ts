import { knob } from './model/index.ts';

/** Everything that may differ between environments besides size, provider and release; nothing else may. */
export const knobs = {
  alertsTo: knob<string>('the mail address that is told of alerts'),
  cookieSecure: knob<'yes' | 'no'>('is the session cookie sent over TLS only'),
  logLevel: knob<'debug' | 'info' | 'warn'>('lowest level written'),
  rateLimit: knob<number>('requests per second and client, at the gateway'),
  traceShare: knob<number>('share of requests whose journey is recorded, 0 to 1; those that somebody watches always are'),
  telemetryDays: knob<number>('days that spans and log lines are kept'),
};
