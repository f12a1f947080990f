import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../../kit/problem.ts';
import type { Step } from './step.ts';

/**
 * So many requests per second and person, or per address when nobody vouches for the caller. Counted in memory, per
 * replica: with n replicas somebody may get up to n times as many. A shared counter would cost a round trip per request.
 * @throws Problem `rate_limited` with Retry-After; every answer says how much is left (draft-ietf-httpapi-ratelimit-headers)
 */
export function limit(requestsPerSecond: number): Step {
  const points = Math.max(1, Math.floor(requestsPerSecond));
  const limiter = new RateLimiterMemory({ points, duration: 1 });
  return async ({ person, address, response }) => {
    const [kind, who] = person === null ? ['address', address] : ['person', person.name];
    response.setHeader('ratelimit-policy', `"${kind}";q=${String(points)};w=1`);
    const counted = await limiter.consume(`${kind}:${who}`).catch(spent);
    const seconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
    response.setHeader('ratelimit', `"${kind}";r=${String(counted.remainingPoints)};t=${String(seconds)}`);
    if (counted.consumedPoints > points) {
      throw problem('rate_limited', `More than ${String(points)} requests per second from this ${kind}.`, { headers: { 'retry-after': String(seconds) } });
    }
  };
}

/** The library rejects with the count itself when the points are spent, and with an Error when it failed. */
function spent(rejected: unknown): RateLimiterRes {
  if (rejected instanceof RateLimiterRes) return rejected;
  throw rejected;
}
