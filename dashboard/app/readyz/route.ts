export const dynamic = 'force-dynamic';

/** Next serves. The gateway is not asked: pages say themselves when it is away, and one outage must not look like two. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
