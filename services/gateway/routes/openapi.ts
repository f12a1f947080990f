import type { Schema } from '../../kit/contract.ts';
import type { Handlers } from '../../kit/kit.ts';
import type { gateway } from '../contract.ts';

/** GET /v1/openapi: the document of /openapi.json, reachable where only /v1 is forwarded. */
export function openapi(document: Schema): Handlers<typeof gateway>['openapi'] {
  return () => Promise.resolve({ status: 200, body: document });
}
