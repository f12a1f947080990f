import { createHash } from 'node:crypto';
import type { EnvSpec } from './contract.ts';

const SETTINGS: readonly string[] = ['text', 'number', 'oneOf'];

/**
 * Names what a process was set to, so that two runs can be compared: 12 hex digits of SHA-256 over every setting and knob
 * that the contract declares, by name. Addresses and credentials are not part of it: they differ by machine, and the
 * hash of a short secret would tell it.
 */
export function configVersion(spec: EnvSpec, values: Readonly<Record<string, unknown>>): string {
  const settings = Object.keys(spec).filter((key) => SETTINGS.includes(spec[key]?.kind ?? '')).sort().map((key) => [key, values[key]]);
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 12);
}
