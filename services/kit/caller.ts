import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from './contract.ts';

export const callerHeader = 'journey-caller';
const REFERENCE = /^[a-z][a-z0-9-]{0,62}\.[A-Z][A-Z0-9_]{0,62}$/;
const MOST = 1000;

/**
 * By which reference this workload calls another, and a proof that it is one: `gateway.AUTH_URL;<HMAC-SHA256 by the workloads' key>`.
 * It draws an edge on the map and opens nothing: no access is decided by it, and whoever reads one inside could send it again.
 * A stranger without the key cannot make one.
 */
export function callerProof(key: Secret | undefined, reference: string): string | undefined {
  return key && REFERENCE.test(reference) ? `${reference};${macOf(key, reference)}` : undefined;
}

/** Believes what `callerProof` made, remembering what it has checked. @returns the reference, or undefined */
export function openProofs(key: Secret | undefined): (given: string | undefined) => string | undefined {
  const believed = new Map<string, string>();
  return (given) => {
    if (given === undefined || key === undefined) return undefined;
    const known = believed.get(given);
    if (known !== undefined) return known;
    const [reference = '', mac = ''] = given.slice(0, 300).split(';');
    if (!REFERENCE.test(reference) || !same(mac, macOf(key, reference))) return undefined;
    if (believed.size < MOST) believed.set(given, reference);
    return reference;
  };
}

function macOf(key: Secret, reference: string): string {
  return createHmac('sha256', key.reveal()).update(`${callerHeader}:${reference}`).digest('hex').slice(0, 32);
}
function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
