'use client';
import type { Role } from '../../../services/kit/contract.ts';
import { useSession } from './use-session.ts';

const rising: readonly Role[] = ['viewer', 'operator', 'admin'];

/** May the person here do what needs this role? The services decide; this only says it before the click. */
export function useMay(role: Role): boolean {
  const { data: person } = useSession();
  return person?.roles.some((own) => rising.findIndex((known) => known === own) >= rising.indexOf(role)) ?? false;
}
