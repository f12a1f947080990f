import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { routes } from './routes.ts';

/** What was typed, as a number where the knob is one. Whether it fits, and whether there is such a knob, the API says. */
export async function knobValue(caller: Caller, environment: string, name: string, typed: string): Promise<string | number> {
  const { environments } = (await call(caller, routes.listEnvironments, 'The knobs cannot be read.')).body;
  const knob = environments.find((one) => one.name === environment)?.knobs.find((one) => one.name === name);
  return typeof knob?.value === 'number' && /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed;
}
