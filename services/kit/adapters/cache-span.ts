import type { Span } from '@opentelemetry/api';
import { measured } from '../measured.ts';
import { span } from '../telemetry.ts';

/** One cache call as one span; `found` is told whether a GET hit. The key is shown with its ids masked: `session:*`. @throws {Error} for a key that is none */
export function cacheSpan<T>(
  reference: string, system: 'postgresql' | 'redis', operation: 'GET' | 'SET' | 'DELETE' | 'INCREMENT', key: string, fn: (active: Span, found: (hit: boolean) => void) => Promise<T>,
): Promise<T> {
  if (key === '' || key.length > 512 || key.includes('\0')) throw new Error('A cache key has 1 to 512 characters, none of them NUL.');
  const attributes = { 'db.system.name': system, 'db.operation.name': operation, 'cache.key': maskedKey(key), 'journey.reference': reference };
  return span(`${operation} ${reference}`, { kind: 'client', attributes }, (active) => {
    let result = '';
    const labelsOf = (failed: string) => ({ journey_reference: reference, db_operation_name: operation, cache_result: result, error_type: failed });
    return measured('cache_operation_duration_seconds', labelsOf, () => fn(active, (hit) => {
      result = hit ? 'hit' : 'miss';
      active.setAttribute('cache.hit', hit);
    }));
  });
}

/** Keeps the parts that are plain words; a session id, a mail address or a digest becomes `*`. */
export function maskedKey(key: string): string {
  return key.split(':').map((part) => (/^([a-z][a-z-]{0,40}|v\d{1,3})$/.test(part) ? part : '*')).join(':');
}
