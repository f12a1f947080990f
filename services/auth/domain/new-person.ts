import type { Role } from '../../kit/contract.ts';
import { nameOf } from './name.ts';
import { isRole } from './permissions.ts';

export interface NewPerson {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

/** Narrows and normalizes what a schema has already checked; `null` never comes for what has passed it. */
export function newPersonOf(value: unknown): NewPerson | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('name' in value) || typeof value.name !== 'string' || !('password' in value) || typeof value.password !== 'string') return null;
  if (!('roles' in value) || !Array.isArray(value.roles) || !value.roles.every(isRole)) return null;
  return { name: nameOf(value.name), password: value.password, roles: value.roles };
}
