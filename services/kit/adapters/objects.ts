import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { openFolder } from './objects-file.ts';
import type { Objects } from './objects-port.ts';

export type { Objects } from './objects-port.ts';

/** The adapter is chosen by the URL's scheme. @throws {Error} for a scheme that none of them speaks */
export function openObjects(kit: Kit, connection: Connection<'objects'>): Objects {
  const { protocol } = new URL(connection.url.reveal());
  if (protocol === 'file:') return openFolder(kit, connection);
  if (protocol === 's3:') throw new Error(`${connection.reference}: the adapter for s3: is not built yet. Use file:.`);
  throw new Error(`${connection.reference}: no object store speaks "${protocol}". Use file:.`);
}
