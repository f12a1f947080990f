import { auth } from '../../services/auth/contract.ts';
import { configuration } from '../../services/configuration/contract.ts';
import { deployment } from '../../services/deployment/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import type { Route, RouteSet } from '../../services/kit/contract.ts';

const published: readonly Route[] = [auth, configuration, deployment, monitoring].flatMap(({ routes }: { routes: RouteSet }) =>
  Object.values(routes).filter((route) => route.public));

/**
 * What a browser may reach through the dashboard: the gateway's session routes and all public routes, without the one
 * that answers with a token: a browser gets a session cookie and never holds a token.
 */
const reachable = [...Object.values<Route>(gateway.routes), ...published]
  .filter((route) => route !== auth.routes.createToken)
  .map((route) => ({ route, pattern: patternOf(route.path) }));

/** The route that answers this method and path; `undefined` when the browser may not ask for it. */
export function reachableRoute(method: string, path: string): Route | undefined {
  return reachable.find(({ route, pattern }) => route.method.toUpperCase() === method && pattern.test(path))?.route;
}

/** A parameter is one plain segment: no escapes, so that no `%2f` or `..` means another path behind the gateway. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:[A-Za-z]+/g, '[A-Za-z0-9_-]{1,100}')}$`);
}
