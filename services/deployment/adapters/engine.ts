import type { Connection, Endpoint } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { openArgoCd } from './engine-argocd.ts';
import type { Engine } from './engine-port.ts';
import { openReconciler } from './engine-reconciler.ts';

/**
 * The adapter is chosen by the user's name in the URL, and the password is its key: `http://reconciler:<key>@127.0.0.1:<port>/`
 * is the local reconciler, `https://argocd:<token>@<host>/` is Argo CD.
 * @throws {Error} for any other name; without the URL, which holds a key
 */
export function openEngine(kit: Kit, connection: Connection<'engine'>): Engine {
  const url = new URL(connection.url.reveal());
  const [user, key] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = '';
  url.password = '';
  const endpoint: Endpoint = { service: 'engine', url, reference: connection.reference };
  switch (user) {
    case 'reconciler': return openReconciler(kit, endpoint, key);
    case 'argocd': return openArgoCd(kit, endpoint, key);
    default: throw new Error(`${connection.reference}: no engine is called "${user}". Use http://reconciler:<key>@… or https://argocd:<token>@….`);
  }
}
