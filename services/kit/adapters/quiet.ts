import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Kit } from '../kit.ts';

/** Runs housekeeping (polls, listeners) that belongs to no request: no spans. */
export function quietly<T>(fn: () => T): T {
  return context.with(suppressTracing(ROOT_CONTEXT), fn);
}

/** Runs `fn` outside of whatever trace or silence surrounds it; its spans are this service's. */
export function apart<T>(kit: Kit, fn: () => T): T {
  return context.with(kit.telemetry.arriving(undefined), fn);
}
