import Agent from 'undici/lib/dispatcher/agent.js';
import { auth } from '../auth/contract.ts';
import { configuration } from '../configuration/contract.ts';
import { deployment } from '../deployment/contract.ts';
import { openCache } from '../kit/adapters/cache.ts';
import type { Endpoint } from '../kit/contract.ts';
import type { App, Kit } from '../kit/kit.ts';
import { refuseOtherMethods } from '../kit/routes.ts';
import { monitoring } from '../monitoring/contract.ts';
import { mergedOpenapi } from './adapters/openapi.ts';
import { openSessions } from './adapters/sessions.ts';
import { upstream } from './adapters/upstream.ts';
import { gateway } from './contract.ts';
import { forwardingTable, type Forwarding } from './domain/table.ts';
import { openTickets } from './domain/ticket.ts';
import { openapi } from './routes/openapi.ts';
import { session as currentSession } from './routes/session.ts';
import { signIn } from './routes/sign-in.ts';
import { signOut } from './routes/sign-out.ts';
import { ticket } from './routes/ticket.ts';
import { admit } from './steps/admit.ts';
import { authenticate } from './steps/authenticate.ts';
import { authorize } from './steps/authorize.ts';
import { forward } from './steps/forward.ts';
import { inspect } from './steps/inspect.ts';
import { label } from './steps/label.ts';
import { limit } from './steps/limit.ts';
import { passages } from './steps/passages.ts';
import { session } from './steps/session.ts';
import { through } from './steps/step.ts';

/** The services behind the gateway: their public routes are its forwarding table. */
const behind = [auth, deployment, configuration, monitoring];

/** All that the gateway does. @throws Error when two routes answer the same request */
export async function app(kit: Kit<typeof gateway>): Promise<App<typeof gateway>> {
  const { AUTH_URL, DEPLOYMENT_URL, CONFIGURATION_URL, MONITORING_URL, SESSIONS, COOKIE_KEY, COOKIE_SECURE, RATE_LIMIT_RPS } = kit.env;
  const secure = COOKIE_SECURE === 'yes';
  const cache = openCache(kit, SESSIONS);
  const sessions = openSessions(cache, { installation: kit.standard.installation, key: COOKIE_KEY.reveal(), secure });
  const tickets = openTickets(COOKIE_KEY.reveal());
  const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 4000, keepAliveMaxTimeout: 30_000, headersTimeout: 5000, bodyTimeout: 5000, connect: { timeout: 1000 } });
  // Streams have connections of their own: open for hours, they would leave none to requests. Services show a sign of life every 10 s.
  const streaming = new Agent({ connections: kit.limits.streams, pipelining: 1, headersTimeout: 5000, bodyTimeout: 3 * kit.limits.heartbeatMs, connect: { timeout: 1000 } });
  const table = forwardingTable(gateway, behind);
  const endpoints = [AUTH_URL, DEPLOYMENT_URL, CONFIGURATION_URL, MONITORING_URL];

  const document = mergedOpenapi(kit.contract, behind, kit.standard.revision);

  // The gateway itself never speaks TLS: a cookie for TLS only says that a proxy in front does.
  const passageOf = passages(secure);
  /** What every request goes through … */
  const arriving = through(passageOf, {
    session: session(sessions),
    authenticate: authenticate(kit.tokens),
    limit: limit(RATE_LIMIT_RPS),
  });
  /** … and what one that is forwarded goes through after that. */
  const leaving = (entry: Forwarding) => through(passageOf, {
    admit: admit(entry),
    inspect: inspect(entry),
    authorize: authorize(entry, kit.call, AUTH_URL),
    forward: forward(entry, upstream(entry.stream ? streaming : agent, endpointOf(endpoints, entry), kit.standard.workloadKey), kit.streams),
  }, entry.path);

  return {
    handlers: {
      signIn: signIn(sessions, kit.call, AUTH_URL),
      session: currentSession(),
      signOut: signOut(sessions),
      openapi: openapi(document),
      ticket: ticket(tickets),
    },
    // The door: a trace id is shown with every answer, so anybody could hang spans into a known trace. Behind it traces are continued.
    ownTraces: true,
    traceIdOf: (request) => tickets.use(request.get('journey-ticket')),
    openapi: document,
    middleware: [label, arriving],
    mount(express) {
      for (const entry of table) express[entry.method](entry.path, leaving(entry));
      refuseOtherMethods(express, table);
    },
    ready: { SESSIONS: () => cache.ready() },
    async stop() {
      await Promise.all([agent.close(), streaming.destroy()]);
      await cache.close();
    },
  };
}

function endpointOf(endpoints: readonly Endpoint[], { service, action }: Forwarding): Endpoint {
  const endpoint = endpoints.find((one) => one.service === service);
  if (endpoint === undefined) throw new Error(`${action} is public, but the gateway has no reference to ${service}. Add one to services/gateway/contract.ts.`);
  return endpoint;
}
