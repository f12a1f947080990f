import type { Connection } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { openGitHubForge } from './forge-github.ts';
import { openLocalForge } from './forge-local.ts';
import type { Forge } from './forge-port.ts';

export type { Forge, NewPull, Pull } from './forge-port.ts';

export interface ForgeOptions {
  /** A folder of this service's own: holds the objects of a repository that is elsewhere. Made when it is not there; may be lost. */
  readonly mirror: string;
  /** Open pull requests that are listed. @default 100 */
  readonly mostOpen?: number;
}

/** The adapter is chosen by the URL's scheme. @throws {Error} for a scheme that none of them speaks, and for a URL that names no repository */
export function openForge(kit: Kit, connection: Connection<'repository'>, options: ForgeOptions): Forge {
  const { protocol } = new URL(connection.url.reveal());
  switch (protocol) {
    case 'file:': return openLocalForge(kit, connection, options.mostOpen);
    case 'https:': case 'http:': return openGitHubForge(kit, connection, options);
    default: throw new Error(`${connection.reference}: no forge speaks "${protocol}". Use file: or https:.`);
  }
}
