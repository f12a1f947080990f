import type { Request } from 'express';
import type { Asked } from '../domain/cross-site.ts';

/** What a browser says about who made it send this request. */
export function askedOf(request: Request): Asked {
  const hosts = [request.get('host'), request.get('x-forwarded-host')].filter((host) => host !== undefined);
  return {
    method: request.method, requestedWith: request.get('x-requested-with'), fetchSite: request.get('sec-fetch-site'), origin: request.get('origin'), hosts,
  };
}
